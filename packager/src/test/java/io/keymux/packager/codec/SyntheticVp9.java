package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes random VP9 samples: frames, and superframes with their index. */
final class SyntheticVp9 {
  private final Random random;
  private final SyntheticVp9Frame frames;

  SyntheticVp9(Random random) {
    this.random = random;
    this.frames = new SyntheticVp9Frame(random);
  }

  /**
   * @param bytes of the sample
   * @param ranges that a parser must tell of: clear bytes, and with a minus sign protectable ones
   */
  record Sample(Bytes bytes, List<Integer> ranges) {}

  /** A segment: the first frame is a key frame. */
  List<Sample> segment() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int hidden = random.nextInt(3) == 0 ? random.nextInt(8) : 0;
      boolean index = hidden > 0 || random.nextInt(6) == 0;
      samples.add(sample(i == 0, 1 + hidden, index));
    }
    return samples;
  }

  private Sample sample(boolean startsWithKey, int count, boolean index) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Integer> ranges = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SyntheticVp9Frame.Frame frame =
          startsWithKey && i == 0
              ? frames.key()
              : random.nextInt(5) == 0
                  ? frames.showExisting()
                  : random.nextInt(8) == 0 ? frames.key() : frames.inter();
      out.writeBytes(frame.bytes().toArray());
      sizes.add(frame.bytes().size());
      ranges.add(frame.clear());
      if (frame.clear() < frame.bytes().size()) {
        ranges.add(-(frame.bytes().size() - frame.clear()));
      }
    }
    if (index) {
      ranges.add(writeIndex(out, sizes));
    }
    return new Sample(Bytes.copyOf(out.toByteArray()), ranges);
  }

  private int writeIndex(ByteArrayOutputStream out, List<Integer> sizes) {
    int sizeBytes = 2 + random.nextInt(3);
    int marker = 0xc0 | (sizeBytes - 1) << 3 | (sizes.size() - 1);
    out.write(marker);
    for (int size : sizes) {
      for (int i = 0; i < sizeBytes; i++) {
        out.write(size >> (8 * i));
      }
    }
    out.write(marker);
    return 2 + sizes.size() * sizeBytes;
  }
}
