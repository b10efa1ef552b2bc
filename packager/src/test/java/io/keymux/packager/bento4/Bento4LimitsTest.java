package io.keymux.packager.bento4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.Engine;
import io.keymux.packager.Keymux;
import io.keymux.packager.SampleJob;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, before any key is asked for and without a program that could run. */
class Bento4LimitsTest {
  @TempDir Path temp;

  private record Wish(String field, Consumer<PackagingJob.Builder> wish) {
    @Override
    public String toString() {
      return field;
    }
  }

  static Stream<Wish> wishes() {
    KeySchedule periods = new KeySchedule(0, 4, KeyChange.NEW_PERIODS);
    KeySchedule lead = new KeySchedule(2, 0, KeyChange.SAMPLE_GROUPS);
    String lowHalf = "00000000000000010000000000000001";
    return Stream.of(
        new Wish("protection.keyPeriod", job -> job.schedule(periods)),
        new Wish("protection.clearLead", job -> job.schedule(lead)),
        new Wish(
            "protection.pattern",
            job -> job.scheme(ProtectionScheme.CBCS).pattern(new Pattern(5, 5))),
        new Wish("protection.ivSize", job -> job.scheme(ProtectionScheme.CENS)),
        new Wish("protection.iv", job -> job.iv(Bytes.ofHex(lowHalf))),
        new Wish(
            "protection.systems",
            job ->
                job.systems(DrmSystem.AES_128)
                    .signaling(SignalingSettings.DEFAULT.withKeyUri("https://k.example/{kid}"))));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void run_whatMp4encryptCannotDo_isRefusedBeforeAnyKey(Wish wish) {
    PackagingJob.Builder job = SampleJob.small(temp.resolve("out"));
    wish.wish().accept(job);
    Keymux packager =
        Keymux.packager()
            .engine(Engine.bento4(KeysOnArgv.ALLOWED, nowhere()))
            .keys(
                request -> {
                  throw new AssertionError("keys are asked for");
                });

    assertThatThrownBy(() -> packager.run(job.build()))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("bento4-not-supported");
              assertThat(e.blame()).isEqualTo(Blame.UNSUPPORTED);
              assertThat(e.problem()).contains(wish.field());
              assertThat(e.remedy()).contains("native");
            });
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @Test
  void engine_withoutConsent_isRefused() {
    assertThatThrownBy(() -> Engine.bento4(KeysOnArgv.REFUSED, nowhere()))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("keys-on-argv-not-allowed"))
        .hasMessageContaining("process list")
        .hasMessageContaining("--allow-keys-on-argv");
  }

  @Test
  void timeout_growsWithTheInput() {
    assertThat(nowhere().timeout(0)).isEqualTo(Duration.ofSeconds(60));
    assertThat(nowhere().timeout(4_000_000_000L)).isEqualTo(Duration.ofSeconds(1060));
  }

  private Bento4Tools nowhere() {
    Path program = temp.resolve("nowhere");
    return new Bento4Tools(program, program, Duration.ofSeconds(60));
  }
}
