package io.keymux.packager.live;

import java.util.Arrays;

/** A {@code traf} of a clear segment: where its boxes and samples lie. Reused. */
final class TrackFragment {
  /** Index of the track in its initialization segment, or -1 if that has no such track. */
  int track;

  /** Of the whole box. */
  int start;

  int end;

  /** Of its {@code tfhd}, with header. */
  int tfhd;

  /** The sample entry that it names, counted from 1. */
  int entry;

  /** Of its first sample in ticks, or -1 without {@code tfdt}. */
  long decodeTime;

  /** Of all its samples, in ticks. */
  long duration;

  /** What is to be added to the decode time for the instant at which its first picture is shown. */
  long shown;

  int samples;

  /** Of each sample from the start of the array that holds the segment. */
  int[] offsets = new int[128];

  int[] sizes = new int[128];

  void reset(int newStart, int newEnd) {
    start = newStart;
    end = newEnd;
    track = -1;
    tfhd = -1;
    entry = 0;
    decodeTime = -1;
    duration = 0;
    shown = Long.MAX_VALUE;
    samples = 0;
  }

  void add(int offset, int size, long ticks, int compositionOffset) {
    if (samples == offsets.length) {
      offsets = Arrays.copyOf(offsets, samples * 2);
      sizes = Arrays.copyOf(sizes, samples * 2);
    }
    offsets[samples] = offset;
    sizes[samples++] = size;
    shown = Math.min(shown, duration + compositionOffset);
    duration += ticks;
  }

  /** When its first picture is shown, in ticks, edit list not applied. */
  long start() {
    return decodeTime + (samples == 0 ? 0 : shown);
  }
}
