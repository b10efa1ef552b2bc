package io.keymux.keyserver.cpixget;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.cpixget.Documents.KEY_1;
import static io.keymux.keyserver.cpixget.Documents.KEY_2;
import static io.keymux.keyserver.cpixget.Documents.fresh;
import static io.keymux.keyserver.speke.Requests.A;
import static io.keymux.keyserver.speke.Requests.B;
import static io.keymux.keyserver.speke.Requests.C;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.CredentialReader;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Leaks;
import io.keymux.keyserver.speke.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that learn from the URL alone what is asked for. */
class CpixGetTest {
  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final String EZDRM =
      "/KeyGenerator/cpix.aspx?k={kid}&u=me&p=geheim-1&c={contentId}";
  private static final KeyRequest ONE = Requests.of(Requests.shared(), WIDEVINE, FAIRPLAY);
  private static final KeyRequest TWO = Requests.of(Requests.perType(), WIDEVINE, FAIRPLAY);

  @Test
  void exchange_ezdrm_asksForEachKidAndMerges() throws Exception {
    stub(A, Documents.ezdrm(A, KEY_1));
    stub(B, Documents.ezdrm(B, KEY_2));

    CpixDocument document = ezdrm().build().exchange(TWO);

    assertThat(urls())
        .containsExactlyInAnyOrder(
            "/KeyGenerator/cpix.aspx?k=" + A + "&u=me&p=geheim-1&c=movie-1",
            "/KeyGenerator/cpix.aspx?k=" + B + "&u=me&p=geheim-1&c=movie-1");
    assertThat(document.usageRules()).isEqualTo(TWO.rules());
    assertThat(document.contentKeys()).extracting(ContentKey::id).containsExactly(A, B);
    assertThat(document.signaling(B))
        .extracting(DrmSignaling::system)
        .containsExactly(WIDEVINE, FAIRPLAY);
    assertThat(document.signaling(B).get(1).hlsMedia())
        .isEqualTo(
            "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://fps.ezdrm.com/;"
                + B
                + "\",KEYFORMAT=\"com.apple.streamingkeydelivery\",KEYFORMATVERSIONS=\"1\"");
    assertThat(document.signaling(A).get(0).contentProtection()).contains("pssh");
  }

  /** Where KIDs are replaced, and where they are not. */
  @ParameterizedTest
  @EnumSource(Mapping.class)
  void exchange_generatedDocument_isMapped(Mapping mapping) throws Exception {
    KeyId video = fresh(A);
    KeyId audio = fresh(B);
    answers(Documents.generated(video, audio, "movie-1"));

    CpixDocument document =
        client("/ingest/{contentId}?drm={systems}&alg={scheme}")
            .mapping(mapping)
            .build()
            .exchange(TWO);

    assertThat(urls()).containsExactly("/ingest/movie-1?drm=widevine,fairplay&alg=cbcs");
    assertThat(document.contentKeys()).extracting(ContentKey::id).containsExactly(video, audio);
    assertThat(document.usageRules())
        .extracting(UsageRule::keyId, UsageRule::intendedTrackType)
        .containsExactly(tuple(video, "VIDEO"), tuple(audio, "AUDIO"));
    assertThat(document.signaling(audio))
        .extracting(DrmSignaling::system)
        .containsExactly(WIDEVINE, FAIRPLAY);
  }

  @ParameterizedTest
  @EnumSource(Mapping.class)
  void exchange_oneKeyWithoutRule_servesAll(Mapping mapping) throws Exception {
    answers(Documents.ezdrm(C, KEY_1));

    CpixDocument document = client("/{contentId}").mapping(mapping).build().exchange(ONE);

    assertThat(document.usageRules())
        .singleElement()
        .isEqualTo(
            mapping == Mapping.REQUEST
                ? ONE.rules().get(0).withKeyId(C)
                : new UsageRule(C, "", List.of()));
  }

  @ParameterizedTest
  @MethodSource("io.keymux.keyserver.cpixget.DocumentFaults#ofBothMappings")
  void exchange_fault_isRefusedAndNamed(Mapping mapping, String name, String found, String body) {
    assertThat(body).as(name).isNotEqualTo(Documents.generated(fresh(A), fresh(B), "movie-1"));
    answers(body);

    KeyExchangeException error = fails(client("/geheim-1/{contentId}").mapping(mapping), TWO);

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error).hasMessageContaining(found);
  }

  /** The rules of the request, which the server was not told. */
  @ParameterizedTest
  @CsvSource({
    "'\"AUDIO\"', '\"SD\"', '0 usage rules with intendedTrackType \"AUDIO\"'",
    "'\"AUDIO\"', '\"VIDEO\"', '0 usage rules with intendedTrackType \"AUDIO\"'"
  })
  void exchange_ruleWithoutAnswer_isRefused(String from, String to, String found) {
    answers(Documents.generated(fresh(A), fresh(B), "movie-1").replace(from, to));

    assertThat(fails(client("/{contentId}"), TWO)).hasMessageContaining(found);
  }

  @Test
  void exchange_documentsOfOneKidForTwo_areRefused() {
    stub(A, Documents.ezdrm(C, KEY_1));
    stub(B, Documents.ezdrm(C, KEY_2));

    assertThat(fails(ezdrm(), TWO))
        .hasMessageContaining("KID " + C + " came for usage rule \"AUDIO\"");
  }

  @Test
  void exchange_sameKeyForTwoKids_isRefused() {
    stub(A, Documents.ezdrm(A, KEY_1));
    stub(B, Documents.ezdrm(B, KEY_1));

    assertThat(fails(ezdrm(), TWO)).hasMessageContaining("have the same key");
  }

  @Test
  void exchange_kidsSwappedBetweenCalls_areRefused() {
    stub(A, Documents.ezdrm(B, KEY_1));
    stub(B, Documents.ezdrm(A, KEY_2));

    assertThat(fails(ezdrm(), TWO)).hasMessageContaining("was swapped for");
  }

  @ParameterizedTest
  @CsvSource({"404, false", "500, false", "204, false", "401, true", "403, true"})
  void exchange_otherStatus_isRefused(int status, boolean unauthorized) {
    server.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(status).withBody("key " + KEY_1)));

    KeyExchangeException error = fails(client("/geheim-1/{contentId}"), ONE);

    assertThat(error.code())
        .isEqualTo(unauthorized ? "key-server-unauthorized" : "key-server-refused");
    assertThat(error).hasMessageContaining("HTTP " + status);
  }

  /** Keys that the server encrypted for us; and the refusal of keys that it did not. */
  @Test
  void exchange_withCredential_takesEncryptedKeysOnly() throws Exception {
    // Its pssh boxes are of another KID, a fault of its own.
    String document =
        new String(vector("05-encrypted-2048.response.xml"), UTF_8)
            .replaceFirst("(?s)<cpix:DRMSystemList>.*</cpix:DRMSystemList>", "");
    Credential own =
        CredentialReader.read(
            "enc2048.pem",
            (new String(vector("enc2048.key.pem"), UTF_8)
                    + new String(vector("enc2048.cert.pem"), UTF_8))
                .getBytes(UTF_8),
            null);
    answers(document);

    CpixDocument read =
        client("/x").mapping(Mapping.SERVER).credential(own).build().exchange(encrypted());

    assertThat(read.contentKeys())
        .extracting(ContentKey::value)
        .containsExactly(secret("L0EyXfTIU8RpYjkkKBIWyw=="), secret("TEru0nYNpk8TUNREv2Z4sg=="));

    answers(Documents.ezdrm(A, KEY_1));
    assertThat(fails(client("/x").credential(own), ONE))
        .hasMessageContaining("key-not-encrypted")
        .hasMessageContaining("KID " + A);
    answers(document);
    assertThat(fails(client("/x").mapping(Mapping.SERVER), encrypted()))
        .hasMessageContaining("cpix-key-encrypted");
  }

  private static KeyRequest encrypted() {
    return new KeyRequest("sample-05", ProtectionScheme.CENC, TWO.systems(), TWO.rules());
  }

  private static SecretBytes secret(String base64) {
    return SecretBytes.copyOf(Base64.getDecoder().decode(base64));
  }

  private static byte[] vector(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("keymux.vectors", "absent"), "cpix", "aws-peer-pairs", name);
    assumeTrue(Files.exists(file), "third-party vectors are absent");
    return Files.readAllBytes(file);
  }

  @Test
  void exchange_moreKeysThanTheUrlNames_isRefusedBeforeTheCall() {
    assertThat(fails(client("/{kidHex}"), TWO).code()).isEqualTo("key-limit-exceeded");
    assertThat(fails(ezdrm().maxAnswers(1), TWO).code()).isEqualTo("key-limit-exceeded");
    assertThat(urls()).isEmpty();
  }

  @Test
  void build_contradictions_areRefused() {
    assertThatThrownBy(() -> client("/{contentId}").oneKeyPerCall().build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ezdrm().mapping(Mapping.SERVER).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ezdrm().maxAnswers(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toString_secretsInTheUrl_areNotShown() {
    assertThat(ezdrm().build()).hasToString("CpixGet[127.0.0.1]");
  }

  private static KeyExchangeException fails(CpixGet.Builder builder, KeyRequest request) {
    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> builder.build().exchange(request));
    assertThat(error).isNotNull();
    assertThat(error).hasNoCause().hasMessageNotContaining("geheim-1");
    Leaks.assertNone(error, KEY_1, KEY_2);
    return error;
  }

  private static CpixGet.Builder ezdrm() {
    return client(EZDRM).oneKeyPerCall();
  }

  private static CpixGet.Builder client(String template) {
    HttpExchange http = HttpSettings.DEFAULT.open(CallAuthorizer.none());
    return CpixGet.builder("http://127.0.0.1:" + server.getPort() + template, http);
  }

  private static void answers(String body) {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody(body)));
  }

  private static void stub(KeyId kid, String body) {
    server.stubFor(
        get(urlMatching(".*" + kid + ".*")).willReturn(aResponse().withStatus(200).withBody(body)));
  }

  private static List<String> urls() {
    return server.getAllServeEvents().stream()
        .map(ServeEvent::getRequest)
        .map(request -> request.getUrl())
        .toList();
  }
}
