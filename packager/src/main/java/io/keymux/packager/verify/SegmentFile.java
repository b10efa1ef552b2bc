package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.MemorySource;
import io.keymux.packager.plan.SegmentKey;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.ts.HlsSegmentKey;
import io.keymux.packager.verify.ts.SegmentBytes;
import io.keymux.packager.verify.ts.TsProblems;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file as players read it behind AES-128: decrypted in memory, if it is encrypted whole. */
final class SegmentFile {
  private SegmentFile() {}

  /**
   * @param segment index in the plan
   * @param problems is told if the padding is wrong
   */
  static MediaSource open(
      Path folder, String path, TrackPlan plan, int segment, TsProblems problems) {
    SegmentKey key = plan.segmentKey(segment);
    Bytes iv = key == null ? null : key.iv(plan.firstNumber() + segment);
    return open(folder, path, key, iv, problems);
  }

  /**
   * The init segment of a track.
   *
   * @param problems is told if the padding is wrong
   */
  static MediaSource openInit(Path folder, String path, TrackPlan plan, TsProblems problems) {
    SegmentKey key = plan.initKey();
    return open(folder, path, key, key == null ? null : key.explicitIv(), problems);
  }

  private static MediaSource open(
      Path folder, String path, @Nullable SegmentKey key, @Nullable Bytes iv, TsProblems problems) {
    MediaSource file = FileSource.open(folder.resolve(path));
    if (key == null || iv == null) {
      return file;
    }
    try (file) {
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      SegmentBytes.read(file, new HlsSegmentKey(key.key(), iv), plain::write, problems);
      return new MemorySource(path, plain.toByteArray());
    }
  }
}
