package io.keymux.packager.write;

import io.keymux.packager.output.OutputFile;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.SegmentPlan;
import java.util.List;

/**
 * Neighbouring fragments of one segment, which one thread writes one after the other: all of them
 * if the segment has a file of its own (two threads in one file wait for each other's writes), else
 * one (the next segment's place is known only when all before it are sized).
 *
 * @param track index of the track in the plan
 * @param segmentIndex in the plan of the track
 * @param fragments at least one
 * @param firstSequence of {@code mfhd} of the first, from 1 in each track
 * @param firstFragment which one of the segment the first is
 * @param keyFrames is told where pictures lie
 * @param opensFile whether a {@code styp} goes before the first
 * @param firstPart which part of {@code file} the first is
 */
record FragmentRun(
    int track,
    int segmentIndex,
    SegmentPlan segment,
    List<FragmentPlan> fragments,
    int firstFragment,
    int firstSequence,
    KeyFrames keyFrames,
    boolean opensFile,
    OutputFile file,
    int firstPart) {}
