package io.keymux.keyserver.widevine;

import static io.keymux.keyserver.widevine.WidevineAnswers.REQUEST;
import static io.keymux.keyserver.widevine.WidevineAnswers.ok;
import static io.keymux.keyserver.widevine.WidevineAnswers.track;
import static io.keymux.keyserver.widevine.WidevineAnswers.wrapped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ResolutionMode;
import io.keymux.cpix.RotatedKeys;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.answer.KeyServerDouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WidevinePeriodsTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final KeyRequest ROTATING =
      new KeyRequest(
          "live-1",
          REQUEST.scheme(),
          REQUEST.systems(),
          List.of(
              new UsageRule(REQUEST.keyIds().get(0), "SD", List.of(VideoFilter.ANY)),
              new UsageRule(REQUEST.keyIds().get(1), "AUDIO", List.of(AudioFilter.ANY))));

  @Test
  void exchange_periods_givesADocumentThatRotates() throws Exception {
    SERVER.answers(wrapped(ok(tracks().toArray(String[]::new))));

    CpixDocument document = client().exchange(ROTATING);

    assertThat(document.keyPeriods())
        .extracting(KeyPeriod::index)
        .containsExactly(4294967293L, 4294967294L, 4294967295L);
    assertThat(document.contentKeys()).hasSize(6);
    assertThat(document.usageRules()).hasSize(6);
    RotatedKeys keys =
        RotatedKeys.resolve(
            document,
            ResolutionMode.CPIX,
            List.of(media("video", TrackType.VIDEO), media("audio", TrackType.AUDIO)),
            Set.of());
    assertThat(keys.sequences().get(0).keys())
        .extracting(period -> Objects.requireNonNull(period.key()).id())
        .containsExactly(id("5d", 0), id("5d", 1), id("5d", 2));
    assertThat(keys.sequences().get(1).keys())
        .extracting(period -> Objects.requireNonNull(period.key()).id())
        .containsExactly(id("a0", 0), id("a0", 1), id("a0", 2));
  }

  /** The numbers go on from the first configured one, else they are those of the job. */
  @ParameterizedTest
  @CsvSource({"-1, 2, 2", "0, 1, 0", "100, 3, 102"})
  void exchange_keyPeriod_asksForThatOneAlone(int first, long index, long asked) throws Exception {
    SERVER.answers(wrapped(ok(one("SD", "5d", 0, asked), one("AUDIO", "a0", 0, asked))));
    KeyPeriod period = KeyPeriod.numbered(index);
    WidevineOptions options =
        first < 0
            ? WidevineOptions.DEFAULT
            : WidevineOptions.DEFAULT.withPeriods(new CryptoPeriods(first, 7, 10));

    CpixDocument document =
        WidevineKeys.of(SERVER.url(), options, SERVER.http()).exchange(ROTATING.during(period));

    assertThat(document.keyPeriods()).containsExactly(period);
    assertThat(document.usageRules())
        .containsExactly(
            ROTATING.rules().get(0).withKeyId(id("5d", 0)).during(period),
            ROTATING.rules().get(1).withKeyId(id("a0", 0)).during(period));
    assertThat(sent())
        .contains("\"first_crypto_period_index\":" + asked + ",\"crypto_period_count\":1");
    assertThat(sent().contains("\"crypto_period_seconds\":10")).isEqualTo(first >= 0);
  }

  @Test
  void exchange_keyPeriodBeyondTheLast_isRefusedBeforeTheCall() {
    KeyServerDouble.fails(
        client(), ROTATING.during(KeyPeriod.numbered(4)), "key-request-unsupported");
    assertThat(SERVER.received()).isEmpty();
  }

  private static String sent() throws IOException {
    return new String(
        new JsonMapper().readTree(SERVER.received().get(0).getBody()).path("request").binaryValue(),
        UTF_8);
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        bad("a missing period", "of crypto period 4294967294 for track type SD", t -> drop(t, 2)),
        bad("a period too many", "was not asked for", t -> with(t, 9, 4294967292L)),
        bad("the same keys in two", "stands there twice", WidevinePeriodsTest::repeated),
        bad(
            "no index",
            "crypto_period_index is missing",
            t -> t.stream().map(s -> s.replace("crypto_period_index", "other")).toList()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void exchange_violation_isInvalid(String name, String said, UnaryOperator<List<String>> change) {
    SERVER.answers(wrapped(ok(change.apply(tracks()).toArray(String[]::new))));

    assertThat(KeyServerDouble.fails(client(), ROTATING, "key-response-invalid"))
        .hasMessageContaining(said);
  }

  private static Arguments bad(String name, String said, UnaryOperator<List<String>> change) {
    return Arguments.of(name, said, change);
  }

  private static List<String> drop(List<String> tracks, int which) {
    List<String> less = new ArrayList<>(tracks);
    less.remove(which);
    return less;
  }

  private static List<String> with(List<String> tracks, int number, long index) {
    List<String> more = new ArrayList<>(tracks);
    more.add(one("SD", "5d", number, index));
    return more;
  }

  private static List<String> repeated(List<String> tracks) {
    return tracks.stream()
        .map(
            track ->
                track.replace(one("SD", "5d", 1, 4294967294L), one("SD", "5d", 0, 4294967294L)))
        .toList();
  }

  private static List<String> tracks() {
    List<String> tracks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tracks.add(one("SD", "5d", i, 4294967293L + i));
      tracks.add(one("AUDIO", "a0", i, 4294967293L + i));
    }
    return tracks;
  }

  private static String one(String type, String prefix, int number, long index) {
    String key = prefix + "%02x".formatted(number) + "112233445566778899aabbccddee";
    return track(type, id(prefix, number), key, ",\"crypto_period_index\":" + index);
  }

  private static Track media(String name, TrackType type) {
    return new Track(
        name, type, Set.of(name), "und", "", 1000, 640, 360, 25, false, false, 2, 48_000);
  }

  private static KeyId id(String prefix, int number) {
    return KeyId.parse(prefix + "000000-0000-4000-8000-00000000000" + number);
  }

  private static WidevineKeys client() {
    return WidevineKeys.of(
        SERVER.url(),
        WidevineOptions.DEFAULT.withPeriods(new CryptoPeriods(4294967293L, 3, 0)),
        SERVER.http());
  }
}
