package io.keymux.packager.verify;

import io.keymux.packager.isobmff.SampleEntry;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the source track that a track was made of, by the sizes of samples, and compares them byte
 * by byte. Not thread-safe.
 */
final class SourceMatch {
  /** Configurations that hold nothing but what a decoder needs; esds has bit rates, too. */
  private static final List<String> CONFIGS =
      List.of("avcC", "hvcC", "dac3", "dec3", "dOps", "dfLa");

  private List<SourceSamples> left;
  private byte[] wanted = new byte[0];
  private int sample;
  private long equal;

  /** What comparing a sample gave. */
  enum Result {
    EQUAL,
    DIFFERENT,
    /** No source track has samples of these sizes. */
    NO_TRACK
  }

  SourceMatch(List<SourceSamples> sources) {
    this.left = List.copyOf(sources);
  }

  /** Goes on with another sample than the next. */
  void seek(int index) {
    sample = index;
  }

  /** Takes the next sample of the track, which cannot be compared since its key is not known. */
  void skip(int size) {
    left = ofSize(size);
    sample++;
  }

  /** Compares the next sample of the track. */
  Result compare(byte[] clear, int size) {
    List<SourceSamples> fit = ofSize(size);
    if (wanted.length < size) {
      wanted = new byte[Math.max(size, (int) Math.min(Integer.MAX_VALUE / 2, wanted.length * 2L))];
    }
    List<SourceSamples> same =
        fit.stream()
            .filter(
                source -> {
                  source.read(sample, wanted, 0);
                  return Arrays.equals(wanted, 0, size, clear, 0, size);
                })
            .toList();
    sample++;
    if (!same.isEmpty()) {
      left = same;
      equal++;
      return Result.EQUAL;
    }
    // Once a track is known a sample of another size is damage, not another track.
    if (equal == 0 || !fit.isEmpty()) {
      left = fit;
    }
    return left.isEmpty() ? Result.NO_TRACK : Result.DIFFERENT;
  }

  private List<SourceSamples> ofSize(int size) {
    if (left.size() == 1 && isOfSize(left.get(0), size)) {
      return left;
    }
    return left.stream().filter(source -> isOfSize(source, size)).toList();
  }

  private boolean isOfSize(SourceSamples source, int size) {
    return sample < source.count() && source.size(sample) == size;
  }

  /** Samples in the matching track; -1 if none is left. */
  int wantedCount() {
    return left.stream().mapToInt(SourceSamples::count).min().orElse(-1);
  }

  /** Whether a decoder configuration is the matching track's, or there is none to compare. */
  boolean sameConfig(SampleEntry entry) {
    return left.isEmpty()
        || left.stream()
            .anyMatch(
                source ->
                    CONFIGS.stream().allMatch(c -> entry.child(c).equals(source.entry().child(c))));
  }

  long equalSamples() {
    return equal;
  }
}
