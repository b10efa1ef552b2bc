package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackType;
import io.keymux.keyserver.speke.SpekeClient;
import io.keymux.keyserver.speke.SpekeVersion;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys that rotate, from our client to the embedded key server and back, in every SPEKE version.
 */
class SpekePeriodsTest {
  @RegisterExtension static final TestService service = new TestService();

  private static final List<Track> TRACKS =
      List.of(
          new Track(
              "video",
              TrackType.VIDEO,
              Set.of("video"),
              "und",
              "",
              1,
              1280,
              720,
              25,
              false,
              false,
              0,
              0),
          new Track(
              "audio",
              TrackType.AUDIO,
              Set.of("audio"),
              "en",
              "",
              1,
              0,
              0,
              0,
              false,
              false,
              2,
              48_000));

  @ParameterizedTest
  @CsvSource({"V1_0, v1.0, preset0, 1", "V2_0, v2.0, per-type, 2", "V2_1, v2.0, per-type, 2"})
  void exchange_threePeriods_giveThreeSetsOfKeysThatCanBeHadAgain(
      SpekeVersion version, String path, String rule, int keys) throws Exception {
    SpekeClient client =
        SpekeClient.builder(version, service.uri("/speke/" + path + "/copyProtection")).build();
    Set<KeyId> ids = new HashSet<>();
    Set<Bytes> values = new HashSet<>();
    for (int index = 1; index <= 3; index++) {
      KeyPeriod period = period(index);
      KeyRequest request = request(KeyRule.ofId(rule), period);

      CpixDocument answer = client.exchange(request);

      assertThat(answer.keyPeriods()).containsExactly(period);
      assertThat(client.exchange(request).contentKeys()).isEqualTo(answer.contentKeys());
      assertThat(TrackKeys.resolve(answer, TRACKS, Set.of()).assignments())
          .allSatisfy(entry -> assertThat(entry.key()).isIn(answer.contentKeys()));
      assertThat(answer.drmSystems())
          .extracting(DrmSignaling::keyId)
          .hasSameElementsAs(request.keyIds());
      for (ContentKey key : answer.contentKeys()) {
        ids.add(key.id());
        values.add(Bytes.copyOf(key.value().reveal()));
      }
    }
    assertThat(ids).hasSize(3 * keys);
    assertThat(values).hasSize(3 * keys);
  }

  private static KeyPeriod period(long index) {
    return new KeyPeriod(
        "period-" + index,
        index,
        null,
        null,
        null,
        Duration.ofSeconds(60 * (index - 1)),
        Duration.ofSeconds(60 * index),
        null);
  }

  private static KeyRequest request(KeyRule rule, KeyPeriod period) {
    return new KeyRequest(
        "rotating-1",
        ProtectionScheme.CBCS,
        EnumSet.of(DrmSystem.WIDEVINE, DrmSystem.FAIRPLAY),
        rule.rules("rotating-1", TRACKS, period),
        null,
        period);
  }
}
