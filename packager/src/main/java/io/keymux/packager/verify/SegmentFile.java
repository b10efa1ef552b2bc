package io.keymux.packager.verify;

import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.plan.SegmentKey;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.ts.HlsSegmentKey;
import io.keymux.packager.verify.ts.SegmentBytes;
import io.keymux.packager.verify.ts.TsProblems;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;

/** A segment as players read it behind AES-128: decrypted in memory, if it is encrypted whole. */
final class SegmentFile {
  private SegmentFile() {}

  /**
   * @param segment index in the plan
   * @param problems is told if the padding is wrong
   */
  static MediaSource open(
      Path folder, String path, TrackPlan plan, int segment, TsProblems problems) {
    SegmentKey key = plan.segmentKey(segment);
    MediaSource file = FileSource.open(folder.resolve(path));
    if (key == null) {
      return file;
    }
    try (file) {
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      HlsSegmentKey with = new HlsSegmentKey(key.key(), key.iv(plan.firstNumber() + segment));
      SegmentBytes.read(file, with, plain::write, problems);
      return new Plain(path, plain.toByteArray());
    }
  }

  /** What was decrypted. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Plain(String name, byte[] bytes) implements MediaSource {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
      System.arraycopy(bytes, Math.toIntExact(position), target, offset, length);
    }

    @Override
    public void close() {}
  }
}
