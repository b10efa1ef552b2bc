package io.keymux.packager.write;

import io.keymux.packager.output.OutputFile;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.SegmentPlan;

/**
 * One fragment to write.
 *
 * @param track index of the track in the plan
 * @param sequence of {@code mfhd}, from 1 in each track
 * @param opensFile whether a {@code styp} goes before it
 * @param part which part of {@code file} it is
 */
record FragmentTask(
    int track,
    SegmentPlan segment,
    FragmentPlan fragment,
    int sequence,
    boolean opensFile,
    OutputFile file,
    int part) {}
