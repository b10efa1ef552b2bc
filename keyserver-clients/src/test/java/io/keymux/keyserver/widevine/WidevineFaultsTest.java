package io.keymux.keyserver.widevine;

import static io.keymux.keyserver.widevine.WidevineAnswers.AUDIO;
import static io.keymux.keyserver.widevine.WidevineAnswers.AUDIO_KEY;
import static io.keymux.keyserver.widevine.WidevineAnswers.REQUEST;
import static io.keymux.keyserver.widevine.WidevineAnswers.SD;
import static io.keymux.keyserver.widevine.WidevineAnswers.SD_KEY;
import static io.keymux.keyserver.widevine.WidevineAnswers.b64;
import static io.keymux.keyserver.widevine.WidevineAnswers.box;
import static io.keymux.keyserver.widevine.WidevineAnswers.good;
import static io.keymux.keyserver.widevine.WidevineAnswers.ok;
import static io.keymux.keyserver.widevine.WidevineAnswers.pssh;
import static io.keymux.keyserver.widevine.WidevineAnswers.track;
import static io.keymux.keyserver.widevine.WidevineAnswers.wrapped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.http.KeyExchangeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WidevineFaultsTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final String[] SECRETS = {SD_KEY, AUDIO_KEY, WidevineSignerTest.KEY};
  private final List<Duration> pauses = new ArrayList<>();

  static Stream<Arguments> invalid() {
    String sd = track("SD", SD, SD_KEY, "");
    String audio = track("AUDIO", AUDIO, AUDIO_KEY, "");
    KeyId swapped = KeyId.ofBytes(REQUEST.keyIds().get(0).toGuidBytes());
    return Stream.of(
        Arguments.of("HTML", "<html>" + SD_KEY + "</html>", "not a JSON object"),
        Arguments.of("an empty object", "{}", "response is missing"),
        Arguments.of("OK without envelope", good(), "response is missing"),
        Arguments.of("no base64", "{\"response\":\"" + SD_KEY + "!\"}", "response is not base64"),
        Arguments.of("no JSON inside", "{\"response\":\"c2VjcmV0\"}", "not a JSON object"),
        Arguments.of("an unknown status", wrapped("{\"status\":\"" + SD_KEY + "\"}"), "status"),
        Arguments.of("no tracks", wrapped("{\"status\":\"OK\"}"), "tracks is missing"),
        Arguments.of("a missing type", wrapped(ok(sd)), "no key for track type AUDIO"),
        Arguments.of("a type twice", wrapped(ok(sd, sd, audio)), "more than one key"),
        Arguments.of(
            "a type that nobody asked for",
            wrapped(ok(sd, audio, track("HD", SD, SD_KEY, ""))),
            "not asked for"),
        Arguments.of(
            "a short key",
            wrapped(ok(track("SD", SD, SD_KEY.substring(2), ""), audio)),
            "the key of track type SD has 15 bytes"),
        Arguments.of(
            "the same key twice", wrapped(ok(sd, track("AUDIO", AUDIO, SD_KEY, ""))), "same key"),
        Arguments.of(
            "a swapped KID", wrapped(ok(track("SD", swapped, SD_KEY, ""), audio)), "swapped"),
        Arguments.of(
            "an IV of 12 bytes",
            wrapped(ok(track("SD", SD, SD_KEY, ",\"iv\":\"" + b64(new byte[12]) + "\""), audio)),
            "12 bytes"),
        Arguments.of(
            "a key without KID", wrapped(good().replace("key_id", "kid")), "key_id is missing"),
        Arguments.of(
            "a pssh of another key",
            wrapped(good().replace(pssh("WIDEVINE", widevine(SD)), pssh("WIDEVINE", other()))),
            "is for KID"),
        Arguments.of(
            "a pssh of another system",
            wrapped(
                good()
                    .replace(
                        pssh("WIDEVINE", widevine(SD)),
                        pssh("WIDEVINE", box(DrmSystem.PLAYREADY, SD)))),
            "is for DRM system"),
        Arguments.of(
            "a pssh that is none",
            wrapped(ok(track("SD", SD, SD_KEY, noBox()), audio)),
            "tracks[0].pssh[0] is not a pssh box"),
        Arguments.of(
            "two of one system",
            wrapped(ok(track("SD", SD, SD_KEY, twoBoxes()), audio)),
            "second widevine pssh"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void exchange_unusableAnswer_isInvalid(String name, String body, String said) {
    SERVER.answers(body);

    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-response-invalid", SECRETS))
        .hasMessageContaining(said);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = WidevineStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OK", "INTERNAL_ERROR"})
  void exchange_status_isNamedAtOnce(WidevineStatus status) {
    SERVER.answers(wrapped("{\"status\":\"%s\",\"tracks\":[]}".formatted(status)));

    KeyExchangeException error = KeyServerDouble.fails(client(), REQUEST, "key-server-refused");

    assertThat(error).hasMessageContaining("\"" + status.name() + "\"");
    assertThat(error.retryable()).isFalse();
    assertThat(pauses).isEmpty();
  }

  @Test
  void exchange_statusWithoutEnvelope_isNamed() {
    SERVER.answers("{\"status\":\"MALFORMED_REQUEST\",\"drm\":[],\"tracks\":[]}");

    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-server-refused"))
        .hasMessageContaining("MALFORMED_REQUEST");
  }

  @Test
  void exchange_statusInABadHttpAnswer_isNamedWithIt() {
    SERVER.answers(400, "{\"status\":\"ACCESS_DENIED\"}");
    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-server-refused"))
        .hasMessageContaining("HTTP 400: \"ACCESS_DENIED\"");

    SERVER.answers(500, "{\"status\":\"" + SD_KEY + "\"}");
    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-server-refused", SECRETS))
        .hasMessageContaining("HTTP 500.");

    SERVER.answers(500, "{\"status\":{\"key\":7}}");
    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-server-refused"))
        .hasMessageContaining("HTTP 500.");
  }

  @Test
  void exchange_internalErrorForEver_isTriedFiveTimes() {
    SERVER.answers(wrapped("{\"status\":\"INTERNAL_ERROR\"}"));

    KeyExchangeException error = KeyServerDouble.fails(client(), REQUEST, "key-server-refused");

    assertThat(error).hasMessageContaining("INTERNAL_ERROR");
    assertThat(error.retryable()).isTrue();
    assertThat(SERVER.received()).hasSize(5);
    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8));
  }

  @Test
  void exchange_internalErrorOnce_succeedsThen() throws Exception {
    SERVER.answers(wrapped("{\"status\":\"INTERNAL_ERROR\"}"));
    WidevineKeys client =
        WidevineKeys.of(
            SERVER.url(),
            WidevineOptions.DEFAULT,
            SERVER.http(),
            pause -> SERVER.answers(wrapped(good())));

    assertThat(client.exchange(REQUEST).contentKeys()).hasSize(2);
    assertThat(SERVER.received()).hasSize(2);
  }

  @Test
  void exchange_verifier_wantsARightSignature() throws Exception {
    WidevineOptions options =
        WidevineOptions.DEFAULT.withVerifier(
            WidevineVerifier.aes(
                WidevineSignerTest.secret(WidevineSignerTest.KEY), WidevineSignerTest.IV));
    WidevineKeys client = client(options);

    SERVER.answers(signed(good(), good()));
    assertThat(client.exchange(REQUEST).contentKeys()).hasSize(2);

    SERVER.answers(signed(good(), good() + " "));
    assertThat(KeyServerDouble.fails(client, REQUEST, "key-response-invalid", SECRETS))
        .hasMessageContaining("its signature does not fit it");

    SERVER.answers(wrapped(good()));
    assertThat(KeyServerDouble.fails(client, REQUEST, "key-response-invalid", SECRETS))
        .hasMessageContaining("it has no signature");
  }

  private static String signed(String inner, String signedText) {
    byte[] signature = WidevineSignerTest.test().sign(signedText.getBytes(UTF_8)).orElseThrow();
    return "{\"response\":\"%s\",\"signature\":\"%s\"}"
        .formatted(b64(inner.getBytes(UTF_8)), b64(signature));
  }

  private static Bytes widevine(KeyId id) {
    return box(DrmSystem.WIDEVINE, id);
  }

  private static Bytes other() {
    return widevine(KeyId.parse("99999999-0000-4000-8000-000000000009"));
  }

  private static String noBox() {
    return ",\"pssh\":[{\"drm_type\":\"WIDEVINE\",\"boxes\":\"c2VjcmV0c2VjcmV0\"}]";
  }

  private static String twoBoxes() {
    return pssh("WIDEVINE", widevine(SD))
        .replace("}]", "},{\"drm_type\":\"WIDEVINE\",\"data\":\"\"}]");
  }

  private WidevineKeys client() {
    return client(WidevineOptions.DEFAULT.withSigner(WidevineSignerTest.test()));
  }

  private WidevineKeys client(WidevineOptions options) {
    return WidevineKeys.of(SERVER.url(), options, SERVER.http(), pauses::add);
  }
}
