package io.keymux.testvectors.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.testvectors.judge.JudgedSample;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.matrix.Packaged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Packages a file and takes the result apart again, with code of this suite alone. */
final class OddJob {
  private OddJob() {}

  /**
   * A packaged track, decrypted.
   *
   * @param covered bytes that were under the cipher
   */
  record Result(List<Bytes> samples, OutputTimes times, long covered) {}

  /**
   * Packages under cenc or cbcs, into segments of half a second or one file.
   *
   * @param variant which of the four
   */
  static List<Result> run(Path input, int variant, Path work) throws Exception {
    return run(input, variant, work, 0.5);
  }

  static List<Result> run(Path input, int variant, Path work, double segmentSeconds)
      throws Exception {
    Packaged.Options options =
        new Packaged.Options(
            (variant & 1) == 0 ? ProtectionScheme.CENC : ProtectionScheme.CBCS,
            (variant & 2) == 0 ? Layout.SEGMENTS : Layout.SINGLE_FILE,
            KeyRule.PRESET0,
            1);
    Packaged packaged =
        Packaged.run(
            List.of(input),
            options,
            job -> job.segmentSeconds(segmentSeconds),
            work.resolve("out"));
    List<Result> results = new ArrayList<>();
    for (PackagedTrack track : packaged.tracks()) {
      Path joined = work.resolve(track.track().name() + ".joined.mp4");
      packaged.join(track, joined);
      byte[] bytes = Files.readAllBytes(joined);
      JudgedTrack judged = ReferenceDecryptor.decrypt(bytes, packaged.keys()).get(0);
      long covered = 0;
      for (JudgedSample sample : judged.samples()) {
        covered += sample.cover() == null ? 0 : sample.cover().cipherBytes();
      }
      List<Bytes> samples = judged.samples().stream().map(JudgedSample::data).toList();
      results.add(new Result(samples, OutputTimes.of(bytes), covered));
    }
    assertThat(work.resolve("out/manifest.mpd")).isNotEmptyFile();
    return results;
  }
}
