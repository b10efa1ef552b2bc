package io.keymux.packager.ts;

import io.keymux.packager.output.OutputFile;

/**
 * A segment to be written by one thread.
 *
 * @param segment its number, from 0
 */
record SegmentTask(RenditionPlan plan, int segment, OutputFile file) {}
