package io.keymux.packager.ts;

import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.TrackPlan;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the samples of a segment of one track, which are read in pieces: neighbours in the file at
 * once.
 */
final class SampleWindow {
  /** What is read at a time stays in the processor's cache. */
  private static final int PIECE_BYTES = 256 * 1024;

  private final IntConsumer read;
  private byte[] piece = new byte[0];
  private @Nullable TrackPlan plan;
  private int sample;
  private int end;
  private int pieceEnd;
  private int offset;

  /**
   * @param read is told the bytes of each piece; may stop the work by throwing
   */
  SampleWindow(IntConsumer read) {
    this.read = read;
  }

  /** Goes to a segment's samples, or to none. */
  void open(TrackPlan newPlan, int first, int newEnd) {
    plan = newPlan;
    sample = first;
    end = newEnd;
    pieceEnd = first;
    offset = 0;
    fill();
  }

  boolean hasSample() {
    return sample < end;
  }

  int sample() {
    return sample;
  }

  boolean isLast() {
    return sample + 1 == end;
  }

  /** Holds the sample; may be changed. */
  byte[] bytes() {
    return piece;
  }

  int offset() {
    return offset;
  }

  void next() {
    offset += table().size(sample);
    sample++;
    if (sample == pieceEnd) {
      fill();
    }
  }

  private SampleTable table() {
    return Objects.requireNonNull(plan).source().media().samples();
  }

  private void fill() {
    if (sample == end) {
      return;
    }
    SampleTable samples = table();
    int bytes = samples.size(pieceEnd++);
    while (pieceEnd < end && bytes + samples.size(pieceEnd) <= PIECE_BYTES) {
      bytes += samples.size(pieceEnd++);
    }
    if (piece.length < bytes) {
      piece = Arrays.copyOf(piece, Math.max(bytes, PIECE_BYTES));
    }
    MediaSource source = Objects.requireNonNull(plan).source().source();
    int filled = 0;
    int at = sample;
    while (at < pieceEnd) {
      long start = samples.offset(at);
      int run = 0;
      while (at < pieceEnd && samples.offset(at) == start + run) {
        run += samples.size(at++);
      }
      source.read(start, piece, filled, run);
      filled += run;
    }
    offset = 0;
    read.accept(bytes);
  }
}
