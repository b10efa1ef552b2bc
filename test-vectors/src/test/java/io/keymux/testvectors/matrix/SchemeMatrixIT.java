package io.keymux.testvectors.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.judge.ClearSamples;
import io.keymux.testvectors.judge.CounterLedger;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemes for experts, IVs of 16 bytes and other patterns, decrypted by the judge and ffmpeg.
 */
@Execution(ExecutionMode.CONCURRENT)
class SchemeMatrixIT {
  private static final String WIDE_IV = "000000000000000100000000000000fe";

  record Case(String name, ProtectionScheme scheme, Consumer<PackagingJob.Builder> wish) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("cens", ProtectionScheme.CENS, job -> {}),
        new Case("cens 16-byte IV", ProtectionScheme.CENS, job -> job.ivBytes(16)),
        new Case("cens 5:5", ProtectionScheme.CENS, job -> job.pattern(new Pattern(5, 5))),
        new Case("cbc1", ProtectionScheme.CBC1, job -> {}),
        new Case("cbc1 IV given", ProtectionScheme.CBC1, job -> job.iv(Bytes.ofHex(WIDE_IV))),
        new Case("cenc 16-byte IV", ProtectionScheme.CENC, job -> job.ivBytes(16)),
        new Case("cenc IV given", ProtectionScheme.CENC, job -> job.iv(Bytes.ofHex(WIDE_IV))),
        new Case("cbcs 5:5", ProtectionScheme.CBCS, job -> job.pattern(new Pattern(5, 5))),
        new Case("cbcs 10:0", ProtectionScheme.CBCS, job -> job.pattern(new Pattern(10, 0))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void package_thenDecrypt_isTheInput(Case cell, @TempDir Path work) throws Exception {
    Packaged packaged =
        Packaged.run(
            Repository.sampleLadder(),
            new Packaged.Options(cell.scheme(), Layout.SEGMENTS, KeyRule.PRESET0, 2),
            cell.wish(),
            work.resolve("out"));

    List<String> byJudge = new ArrayList<>();
    List<String> byFfmpeg = new ArrayList<>();
    CounterLedger ledger = new CounterLedger();
    for (PackagedTrack track : packaged.tracks()) {
      Path joined = work.resolve(track.track().name() + ".joined.mp4");
      packaged.join(track, joined);
      JudgedTrack judged = ReferenceDecryptor.decrypt(List.of(joined), packaged.keys()).get(0);
      byJudge.add(judged.streamHash());
      assertThat(ledger.enter(track.track().name(), judged)).isEmpty();
      KeyId keyId = judged.keyIds().iterator().next();
      byFfmpeg.add(Ffmpeg.decryptedStreamHash(joined, packaged.keys().key(keyId).orElseThrow(), 0));
    }

    List<String> clear = new ArrayList<>();
    for (Path input : Repository.sampleLadder()) {
      ClearSamples.read(input).forEach(track -> clear.add(track.streamHash()));
    }
    assertThat(byJudge).as("judge").containsExactlyInAnyOrderElementsOf(clear);
    assertThat(byFfmpeg).as("ffmpeg").containsExactlyElementsOf(byJudge);
  }
}
