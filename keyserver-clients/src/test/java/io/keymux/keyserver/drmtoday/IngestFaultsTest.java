package io.keymux.keyserver.drmtoday;

import static io.keymux.keyserver.drmtoday.IngestAnswers.PRODUCER;
import static io.keymux.keyserver.drmtoday.IngestAnswers.asset;
import static io.keymux.keyserver.drmtoday.IngestAnswers.b64;
import static io.keymux.keyserver.drmtoday.IngestAnswers.cencResponse;
import static io.keymux.keyserver.drmtoday.IngestAnswers.hex;
import static io.keymux.keyserver.drmtoday.IngestAnswers.id;
import static io.keymux.keyserver.drmtoday.IngestAnswers.key;
import static io.keymux.keyserver.drmtoday.IngestAnswers.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.speke.Requests;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class IngestFaultsTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final KeyRequest REQUEST =
      Requests.of(Requests.perType(), DrmSystem.WIDEVINE, DrmSystem.PLAYREADY);
  private static final ContentKey VIDEO = made(REQUEST, 0);
  private static final ContentKey AUDIO = made(REQUEST, 1);
  private static final String ERRORS = ",\"errors\":[\"s3cret " + hex(VIDEO) + "\"]";
  private static final String GOOD = asset(key("VIDEO", VIDEO, ""), key("AUDIO", AUDIO, ""));

  static Stream<Arguments> faults() {
    String video = key("VIDEO", VIDEO, "");
    String audio = key("AUDIO", AUDIO, "");
    Bytes wrong = Bytes.ofHex("08011210" + AUDIO.id().toHex());
    return Stream.of(
        refused("errors for a key", asset(video, key("AUDIO", AUDIO, ERRORS)), "type AUDIO"),
        refused(
            "a key with nothing but errors",
            asset(video, "{\"streamType\":\"AUDIO\"" + ERRORS + "}"),
            "errors for the key of stream type AUDIO"),
        refused("errors for the asset", "{\"assets\":[{\"a\":1" + ERRORS + "}]}", "for the asset"),
        refused("errors of all", "{\"a\":1" + ERRORS + "}", "errors for the ingest"),
        refused(
            "one error that is no list",
            GOOD.replace("\"keys\"", "\"errors\":\"s3cret\",\"keys\""),
            "for the asset"),
        invalid("HTML", "<html>" + hex(VIDEO), "not a JSON object"),
        invalid("no assets", "{}", "assets is missing"),
        invalid("none", "{\"assets\":[]}", "it has 0 assets"),
        invalid("two", "{\"assets\":[{},{}]}", "it has 2 assets"),
        invalid("another asset", GOOD.replace("movie-1", "movie-2"), "assetId is not"),
        invalid("a missing key", asset(video), "no key for stream type AUDIO"),
        invalid("a key twice", asset(video, video, audio), "more than one key"),
        invalid(
            "a foreign key",
            asset(video, audio, key("s3cret", VIDEO, "")),
            "assets[0].keys[2] has a stream type that was not sent"),
        invalid(
            "another value",
            GOOD.replace(b64(AUDIO), b64(VIDEO)),
            "key of stream type AUDIO is not the one that was sent"),
        invalid(
            "another KID",
            GOOD.replace(id(AUDIO), id(VIDEO)),
            "keyId of stream type AUDIO is not the one that was sent"),
        invalid(
            "a swapped KID",
            GOOD.replace(id(VIDEO), Bytes.copyOf(VIDEO.id().toGuidBytes()).toBase64()),
            "keyId of stream type VIDEO is not the one that was sent"),
        invalid("a short value", GOOD.replace(b64(AUDIO), "AAAA"), "key of stream type AUDIO"),
        invalid(
            "a pssh of another key",
            asset(
                key(
                    "VIDEO",
                    VIDEO,
                    cencResponse(DrmSystem.WIDEVINE.systemId().toString(), "Widevine", wrong)),
                audio),
            "is for KID [" + AUDIO.id()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void exchange_v2_takesNothingElse(String name, String body, String code, String said) {
    SERVER.answers(body);

    fails(IngestVersion.V2, code, said);
  }

  @ParameterizedTest
  @EnumSource(IngestVersion.class)
  void exchange_errorsInside200_areARefusal(IngestVersion version) {
    SERVER.answers(asset(key("VIDEO", VIDEO, ERRORS), key("AUDIO", AUDIO, "")));

    fails(version, "key-server-refused", "errors for the key of stream type VIDEO");
  }

  @Test
  void exchange_v2WithoutTheKey_isInvalid() {
    SERVER.answers(
        asset(key("VIDEO", VIDEO, "").replace("\"key\"", "\"other\""), key("AUDIO", AUDIO, "")));

    fails(IngestVersion.V2, "key-response-invalid", "assets[0].keys[0].key is missing");
  }

  @ParameterizedTest
  @EnumSource(IngestVersion.class)
  void exchange_httpStatus_isNamed(IngestVersion version) {
    SERVER.answers(409, "s3cret " + b64(VIDEO));

    fails(version, "key-server-refused", "HTTP 409");
  }

  private static void fails(IngestVersion version, String code, String said) {
    DrmTodayIngest client =
        DrmTodayIngest.of(SERVER.url(), DrmTodayOptions.of(version), PRODUCER, SERVER.http());

    assertThat(KeyServerDouble.fails(client, REQUEST, code, hex(VIDEO), hex(AUDIO)))
        .hasMessageContaining(said)
        .hasMessageNotContaining("s3cret");
  }

  private static Arguments refused(String name, String body, String said) {
    return Arguments.of(name, body, "key-server-refused", said);
  }

  private static Arguments invalid(String name, String body, String said) {
    return Arguments.of(name, body, "key-response-invalid", said);
  }
}
