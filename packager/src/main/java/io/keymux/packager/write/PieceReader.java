package io.keymux.packager.write;

import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.TrackPlan;

/** Reads the samples of a fragment in pieces that stay in the processor's cache. */
final class PieceReader {
  private final SampleTable samples;
  private final MediaSource source;
  private final WorkBuffers buffers;

  /** Takes whole samples, one behind the other. */
  interface Pieces {
    /**
     * @param first index of the first sample
     * @param end one behind the last
     * @param at where the first begins in the fragment, in bytes
     * @param data holds them from 0; may be changed
     * @param bytes of all
     */
    void piece(int first, int end, int at, byte[] data, int bytes);
  }

  PieceReader(TrackPlan plan, WorkBuffers buffers) {
    this.samples = plan.source().media().samples();
    this.source = plan.source().source();
    this.buffers = buffers;
  }

  /** Hands out the samples of a fragment in order. */
  void read(FragmentPlan fragment, Pieces pieces) {
    int first = fragment.firstSample();
    int at = 0;
    while (first < fragment.endSample()) {
      int end = first + 1;
      int bytes = samples.size(first);
      while (end < fragment.endSample() && bytes + samples.size(end) <= WorkBuffers.PIECE_BYTES) {
        bytes += samples.size(end++);
      }
      byte[] data = buffers.piece(bytes);
      read(first, end, data);
      pieces.piece(first, end, at, data, bytes);
      at += bytes;
      first = end;
    }
  }

  /** Neighbours in the file are read at once. */
  private void read(int first, int end, byte[] target) {
    int filled = 0;
    int sample = first;
    while (sample < end) {
      long start = samples.offset(sample);
      int run = 0;
      while (sample < end && samples.offset(sample) == start + run) {
        run += samples.size(sample++);
      }
      source.read(start, target, filled, run);
      filled += run;
    }
  }
}
