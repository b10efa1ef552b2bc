package io.keymux.testvectors.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Rendition;
import io.keymux.packager.media.TrackProtection;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.judge.ClearSamples;
import io.keymux.testvectors.judge.CounterLedger;
import io.keymux.testvectors.judge.JudgedSample;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clear lead and key periods: the judge reads the clear sample entry, sample groups and new init
 * segments, and gives back the input; no counter block is used twice under a key.
 */
@Execution(ExecutionMode.CONCURRENT)
class KeyScheduleIT {
  private static final double SEGMENT_SECONDS = 2;

  record Case(ProtectionScheme scheme, Layout layout, KeySchedule schedule) {}

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      for (Layout layout : Layout.values()) {
        for (KeyChange change : KeyChange.values()) {
          cases.add(new Case(scheme, layout, new KeySchedule(0, 4, change)));
          cases.add(new Case(scheme, layout, new KeySchedule(SEGMENT_SECONDS, 4, change)));
        }
        cases.add(
            new Case(scheme, layout, new KeySchedule(SEGMENT_SECONDS, 0, KeyChange.SAMPLE_GROUPS)));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void package_thenDecrypt_isTheInputWithTheKeysOfEachSegment(Case cell, @TempDir Path work)
      throws Exception {
    Packaged packaged =
        Packaged.run(
            Repository.sampleLadder(),
            new Packaged.Options(cell.scheme(), cell.layout(), KeyRule.PER_TYPE, 2),
            job -> job.schedule(cell.schedule()).verify(VerifyLevel.FULL),
            work.resolve("out"));

    assertThat(packaged.result().verification().findings())
        .allMatch(finding -> finding.code().equals("cens-ambiguous"));
    List<String> hashes = new ArrayList<>();
    CounterLedger ledger = new CounterLedger();
    for (Rendition rendition : packaged.result().presentation().renditions()) {
      List<JudgedSample> samples = new ArrayList<>();
      Set<KeyId> keyIds = new LinkedHashSet<>();
      for (PackagedTrack part : rendition.parts()) {
        String name = rendition.track().name() + "-" + part.part();
        Path joined = work.resolve(name + ".joined.mp4");
        packaged.join(part, joined);
        JudgedTrack judged = ReferenceDecryptor.decrypt(List.of(joined), packaged.keys()).get(0);
        assertThat(ledger.enter(name, judged)).isEmpty();
        samples.addAll(judged.samples());
        keyIds.addAll(judged.keyIds());
      }
      hashes.add(new JudgedTrack(1, "", "", samples).streamHash());
      boolean clearStart = cell.schedule().clearLeadSeconds() > 0;
      assertThat(samples.get(0).cover() == null).isEqualTo(clearStart);
      assertThat(samples.get(samples.size() - 1).cover()).isNotNull();
      assertThat(keyIds)
          .hasSizeGreaterThanOrEqualTo(cell.schedule().rotates() ? 2 : 1)
          .containsExactlyInAnyOrderElementsOf(
              rendition.whole().protections().stream().map(TrackProtection::keyId).toList());
    }
    List<String> clear = new ArrayList<>();
    for (Path input : Repository.sampleLadder()) {
      ClearSamples.read(input).forEach(track -> clear.add(track.streamHash()));
    }
    assertThat(hashes).containsExactlyInAnyOrderElementsOf(clear);
  }
}
