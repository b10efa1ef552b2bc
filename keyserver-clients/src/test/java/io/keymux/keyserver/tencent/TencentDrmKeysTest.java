package io.keymux.keyserver.tencent;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.keymux.keyserver.tencent.TencentDouble.AUDIO;
import static io.keymux.keyserver.tencent.TencentDouble.AUDIO_KEY;
import static io.keymux.keyserver.tencent.TencentDouble.HD;
import static io.keymux.keyserver.tencent.TencentDouble.HD_KEY;
import static io.keymux.keyserver.tencent.TencentDouble.IV;
import static io.keymux.keyserver.tencent.TencentDouble.SESSION_KEY;
import static io.keymux.keyserver.tencent.TencentDouble.answer;
import static io.keymux.keyserver.tencent.TencentDouble.encrypted;
import static io.keymux.keyserver.tencent.TencentDouble.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.WidevinePsshData;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Requests;
import io.keymux.keyserver.tencent.TencentDrmOptions.ContentType;
import io.keymux.keyserver.tencent.TencentDrmOptions.DrmType;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TencentDrmKeysTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble(new TencentDouble());

  private static final KeyRequest REQUEST = Requests.of(Requests.perType(), DrmSystem.WIDEVINE);
  private static final String[] SECRETS = {SESSION_KEY, HD_KEY, AUDIO_KEY};

  @Test
  void exchange_good_sendsDescribeKeys() throws Exception {
    SERVER.answers(session(good("")));

    client(options().withContentType(ContentType.LIVE).withRegion("ap-guangzhou"))
        .exchange(REQUEST);

    Request sent = SERVER.received().get(0);
    assertThat(sent.getHeader("X-TC-Action")).isEqualTo("DescribeKeys");
    assertThat(sent.getHeader("X-TC-Version")).isEqualTo("2018-11-15");
    assertThat(sent.getHeader("X-TC-Region")).isEqualTo("ap-guangzhou");
    // The double writes the charset in its own way.
    assertThat(sent.getHeader("Content-Type"))
        .isEqualToIgnoringCase("application/json; charset=utf-8");
    JsonNode body = new ObjectMapper().readTree(sent.getBody());
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactly("DrmType", "Tracks", "ContentType", "RsaPublicKey", "ContentId");
    assertThat(body.get("DrmType").textValue()).isEqualTo("WIDEVINE");
    assertThat(body.get("Tracks").toString()).isEqualTo("[\"HD\",\"AUDIO\"]");
    assertThat(body.get("ContentType").textValue()).isEqualTo("LiveVideo");
    assertThat(body.get("ContentId").textValue()).isEqualTo("movie-1");
  }

  @Test
  void exchange_signed_isProvedByTc3() throws Exception {
    SERVER.answers(session(good("")));
    Tc3Authorizer authorizer =
        Tc3Authorizer.of("AKIDEXAMPLE", secret("5ec4e75ec4e75ec4"), null, "drm");

    TencentDrmKeys.of(SERVER.url(), options(), SERVER.http(authorizer)).exchange(REQUEST);

    assertThat(SERVER.received().get(0).getHeader("Authorization"))
        .startsWith("TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/drm/tc3_request, SignedHeaders=content-type;host, Signature=");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exchange_good_decryptsKeysAndIvs(boolean padded) throws Exception {
    SERVER.answers(
        session(
            answer(
                "",
                key("AUDIO", AUDIO.toHex(), encrypted(AUDIO_KEY, padded), ""),
                key("HD", HD.toString(), encrypted(HD_KEY, padded), encrypted(IV, padded)))));

    CpixDocument document = client(options()).exchange(REQUEST);

    assertThat(document.contentKeys())
        .containsExactly(
            new ContentKey(HD, secret(HD_KEY), ProtectionScheme.CENC, Bytes.ofHex(IV)),
            new ContentKey(AUDIO, secret(AUDIO_KEY), ProtectionScheme.CENC, null));
    assertThat(document.drmSystems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exchange_pssh_isCarriedForEveryKey(boolean whole) throws Exception {
    PsshBox box = pssh(List.of(HD, AUDIO));
    Bytes given = whole ? Bytes.copyOf(box.toBytes()) : box.data();
    SERVER.answers(session(good(",\"Pssh\":\"" + given.toBase64() + "\"")));

    CpixDocument document = client(options()).exchange(REQUEST);

    assertThat(document.drmSystems()).hasSize(2);
    assertThat(document.signaling(HD).get(0).pssh()).isEqualTo(Bytes.copyOf(box.toBytes()));
    assertThat(document.signaling(AUDIO).get(0).pssh()).isEqualTo(Bytes.copyOf(box.toBytes()));
  }

  @ParameterizedTest
  @CsvSource({
    "AuthFailure.SignatureFailure, key-server-unauthorized, false, AuthFailure.SignatureFailure",
    "UnauthorizedOperation, key-server-unauthorized, false, UnauthorizedOperation",
    "RequestLimitExceeded, key-server-refused, true, RequestLimitExceeded",
    "RequestLimitExceeded.IPLimitExceeded, key-server-refused, true, IPLimitExceeded",
    "InternalError.Database, key-server-refused, true, InternalError.Database",
    "ResourceNotFound, key-server-refused, false, ResourceNotFound",
    "AuthFailures, key-server-refused, false, AuthFailures",
    "4d4d4d00112233445566778899aabbcc, key-server-refused, false, an error without a code",
    "'no code', key-server-refused, false, an error without a code",
  })
  void exchange_error_isNamedByItsCodeAlone(
      String code, String ours, boolean retryable, String said) {
    SERVER.answers(
        "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"s3cret %s\"},\"RequestId\":\"1\"}}"
            .formatted(code, HD_KEY));

    KeyExchangeException error = KeyServerDouble.fails(client(options()), REQUEST, ours, SECRETS);
    assertThat(error).hasMessageContaining(said).hasMessageNotContaining("s3cret");
    assertThat(error.retryable()).isEqualTo(retryable);
  }

  static Stream<Arguments> invalid() {
    String hd = key("HD", HD.toHex(), encrypted(HD_KEY, false), "");
    String audio = key("AUDIO", AUDIO.toHex(), encrypted(AUDIO_KEY, false), "");
    String badPadding = encrypted(HD_KEY + AUDIO_KEY, false);
    KeyId swapped = KeyId.ofBytes(Requests.A.toGuidBytes());
    return Stream.of(
        Arguments.of("HTML", "<html>" + HD_KEY, "not a JSON object"),
        Arguments.of("no response", "{}", "Response is missing"),
        Arguments.of("no keys", "{\"Response\":{\"SessionKey\":\"@SESSION@\"}}", "Keys is missing"),
        Arguments.of(
            "a session key in the clear",
            answer("", hd, audio).replace("@SESSION@", "MDEyMzQ1Njc4OWFiY2RlZg=="),
            "SessionKey is not 16 bytes"),
        Arguments.of(
            "a short session key",
            answer("", hd, audio).replace("@SESSION@", "@SHORT@"),
            "SessionKey is not 16 bytes"),
        Arguments.of("a missing track", answer("", hd), "no key for track type AUDIO"),
        Arguments.of("a track twice", answer("", hd, hd, audio), "more than one key"),
        Arguments.of(
            "a track that nobody asked for",
            answer("", hd, audio, key("SD", HD.toHex(), encrypted(IV, false), "")),
            "not asked for"),
        Arguments.of(
            "a KID that is none",
            answer("", key("HD", "648550ec2269489ab", encrypted(HD_KEY, false), ""), audio),
            "Response.Keys[0].KeyId is not a KID"),
        Arguments.of(
            "a swapped KID",
            answer("", key("HD", swapped.toHex(), encrypted(HD_KEY, false), ""), audio),
            "bytes swapped"),
        Arguments.of(
            "a key of two blocks",
            answer("", key("HD", HD.toHex(), badPadding, ""), audio),
            "Response.Keys[0].Key is not 16 bytes under the session key"),
        Arguments.of(
            "a key of no block",
            answer("", key("HD", HD.toHex(), "AAAA", ""), audio),
            "Response.Keys[0].Key is not 16 bytes under the session key"),
        Arguments.of(
            "an IV of no block",
            answer("", key("HD", HD.toHex(), encrypted(HD_KEY, false), "AAAA"), audio),
            "Response.Keys[0].Iv is not 16 bytes under the session key"),
        Arguments.of(
            "other content", answer("", hd, audio).replace("movie-1", "movie-2"), "ContentId"),
        Arguments.of(
            "a pssh without one of the keys",
            answer(
                ",\"Pssh\":\"" + Bytes.copyOf(pssh(List.of(HD)).toBytes()).toBase64() + "\"",
                hd,
                audio),
            "is for KID [" + HD + "]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void exchange_unusableAnswer_isInvalid(String name, String body, String said) {
    SERVER.answers(session(body));

    assertThat(KeyServerDouble.fails(client(options()), REQUEST, "key-response-invalid", SECRETS))
        .hasMessageContaining(said);
  }

  @Test
  void exchange_httpStatus_isNamed() {
    SERVER.answers(500, "{\"Response\":{}}");

    assertThat(KeyServerDouble.fails(client(options()), REQUEST, "key-server-refused"))
        .hasMessageContaining("HTTP 500");
  }

  @Test
  void exchange_unknownTrackOrScheme_isRefusedBeforeAnythingIsSent() {
    KeyServerDouble.fails(
        client(TencentDrmOptions.of(DrmType.WIDEVINE)), REQUEST, "key-request-unsupported");
    KeyServerDouble.fails(
        client(TencentDrmOptions.of(DrmType.FAIRPLAY)), REQUEST, "key-request-unsupported");

    assertThat(SERVER.received()).isEmpty();
  }

  private static TencentDrmOptions options() {
    return TencentDrmOptions.of(DrmType.WIDEVINE)
        .withTrackTypes(DrmType.WIDEVINE.trackTypes().withNames(Map.of("VIDEO", "HD")));
  }

  private static TencentDrmKeys client(TencentDrmOptions options) {
    return TencentDrmKeys.of(SERVER.url(), options, SERVER.http());
  }

  private static String good(String more) {
    return answer(
        more,
        key("HD", HD.toHex(), encrypted(HD_KEY, false), ""),
        key("AUDIO", AUDIO.toHex(), encrypted(AUDIO_KEY, false), ""));
  }

  private static ResponseDefinitionBuilder session(String body) {
    return aResponse().withBody(body.getBytes(UTF_8)).withTransformers("session");
  }

  private static PsshBox pssh(List<KeyId> ids) {
    WidevinePsshData data =
        new WidevinePsshData(
            null,
            ids.stream().map(id -> Bytes.copyOf(id.toBytes())).toList(),
            "tencent",
            null,
            null,
            null,
            null,
            List.of());
    return new PsshBox(0, DrmSystem.WIDEVINE.systemId(), List.of(), data.toBytes());
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
  }
}
