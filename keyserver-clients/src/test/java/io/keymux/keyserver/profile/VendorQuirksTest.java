package io.keymux.keyserver.profile;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.profile.VendorDouble.assertKeys;
import static io.keymux.keyserver.profile.VendorDouble.rootAttributes;
import static io.keymux.keyserver.profile.VendorDouble.trackTypes;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.speke.Requests;
import io.keymux.keyserver.speke.SpekeAnswer;
import io.keymux.keyserver.speke.Vendor;
import io.keymux.keyserver.speke.VendorAnswer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Built-in profiles whose servers take CPIX: what they send, and what they make of the answer. */
class VendorQuirksTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final VendorDouble DOUBLE = new VendorDouble(SERVER);
  private static final KeyRequest TWO =
      Requests.of(Requests.perType(), WIDEVINE, PLAYREADY, FAIRPLAY);
  private static final KeyRequest HD_AND_AUDIO =
      Requests.of(
          List.of(
              new UsageRule(Requests.A, "HD", List.of(VideoFilter.ANY)),
              new UsageRule(Requests.B, "AUDIO", List.of(AudioFilter.ANY))),
          WIDEVINE,
          PLAYREADY,
          FAIRPLAY);

  /** With prefixes that say nothing, as some servers write them. */
  private static final Vendor DOVERUNNER =
      new Vendor(
          "doverunner", Vendor.DOVERUNNER.dialect(), "ns2", "ns4", Vendor.DOVERUNNER.traits());

  @Test
  void doverunner_twoKeys_areFoundUnderTheKidsOfTheServer() throws Exception {
    SERVER.answers(VendorAnswer.to(DOVERUNNER, HD_AND_AUDIO).xml());

    CpixDocument document = open("doverunner", "auth: {token: '${env:T}'}").exchange(HD_AND_AUDIO);

    Request sent = DOUBLE.only();
    assertThat(DOUBLE.lines()).containsExactly("POST /v2/cpix/doverunner/getKey/secret-of-T");
    assertThat(rootAttributes(sent)).isEqualTo(Map.of("id", "movie-1"));
    assertThat(sent.getHeader("X-Speke-Version")).isNull();
    assertThat(trackTypes(sent)).containsExactly("HD", "AUDIO");
    assertPlaceholders(sent, 0);
    List<KeyId> kids = HD_AND_AUDIO.keyIds().stream().map(DOVERUNNER::kid).toList();
    assertKeys(document, kids, SpekeAnswer.keys(HD_AND_AUDIO));
    assertThat(document.contentKeys())
        .extracting(ContentKey::explicitIv)
        .containsOnly(Bytes.copyOf(Base64.getDecoder().decode("OFj2IjCsPJFfMAxmQxLGPw==")));
    assertThat(document.usageRules()).extracting(UsageRule::keyId).isEqualTo(kids);
    assertThat(document.signaling(kids.get(0))).hasSize(3);
  }

  @Test
  void doverunner_oneKeyForAll_isAllTracks() throws Exception {
    KeyRequest one = Requests.of(Requests.shared(), WIDEVINE);
    SERVER.answers(VendorAnswer.to(DOVERUNNER, one).xml());

    CpixDocument document = open("doverunner", "auth: {token: '${env:T}'}").exchange(one);

    assertThat(trackTypes(DOUBLE.only())).containsExactly("ALL_TRACKS");
    assertThat(document.usageRules().get(0).intendedTrackType()).isEqualTo("ALL");
  }

  @Test
  void irdeto_contentId_standsInThePath() throws Exception {
    SERVER.answers(VendorAnswer.to(Vendor.IRDETO, TWO).xml());

    CpixDocument document =
        open("irdeto", "variables: {path: acme}, auth: {user: u, password: '${env:P}'}")
            .exchange(TWO);

    Request sent = DOUBLE.only();
    assertThat(DOUBLE.lines())
        .containsExactly("POST /tkm/v2/acme/contents/movie-1/copyProtectionData");
    assertThat(sent.getHeader("Content-Type")).isEqualTo("text/xml");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Basic dTpzZWNyZXQtb2YtUA==");
    assertThat(rootAttributes(sent)).containsEntry("contentId", "movie-1").doesNotContainKey("id");
    assertKeys(document, TWO.keyIds(), SpekeAnswer.keys(TWO));
  }

  @Test
  void keyos_token_isSignedIntoTheQuery() throws Exception {
    SERVER.answers(VendorAnswer.to(Vendor.KEYOS, TWO).xml());

    CpixDocument document =
        DOUBLE
            .open(
                "buydrm-keyos",
                "auth: {privateKey: '${env:KEY}', certificate: '${env:CERT}', keyId: key-7,"
                    + " lifetime: 2m, claims: {iss: acme}}",
                Map.of(
                    "KEY", TestKeys.privateKey(TestKeys.CLIENT),
                    "CERT", TestKeys.certificate(TestKeys.CLIENT)))
            .exchange(TWO);

    Request sent = DOUBLE.only();
    assertThat(
            new JwtLock("auth-token", null, TestKeys.CLIENT.certificate().getPublicKey())
                .objection(sent, "/api/v4/getKeysNoEncryption", ""))
        .isNull();
    assertThat(sent.getMethod().getName()).isEqualTo("POST");
    assertThat(sent.getHeader("Content-Type")).isEqualTo("text/xml");
    assertThat(rootAttributes(sent)).containsEntry("id", "movie-1").doesNotContainKey("contentId");
    assertKeys(
        document, TWO.keyIds().stream().map(Vendor.KEYOS::kid).toList(), SpekeAnswer.keys(TWO));
  }

  @Test
  void sigma_prefixes_areOfNoMeaning() throws Exception {
    SERVER.answers(VendorAnswer.to(Vendor.SIGMA, TWO).xml());

    CpixDocument document =
        open("sigma", "variables: {merchant: m, app: a}, auth: {value: '${env:T}'}").exchange(TWO);

    Request sent = DOUBLE.only();
    assertThat(DOUBLE.lines()).containsExactly("POST /assets/ingest/cpix/v2/m/a");
    assertThat(sent.getHeader("x-access-token")).isEqualTo("secret-of-T");
    assertThat(rootAttributes(sent)).containsEntry("contentId", "movie-1").doesNotContainKey("id");
    assertKeys(document, TWO.keyIds(), SpekeAnswer.keys(TWO));
  }

  @Test
  void verimatrix_request_isOfCpix21AndAsksForEveryPssh() throws Exception {
    SERVER.answers(VendorAnswer.to(Vendor.VERIMATRIX, TWO).xml());

    CpixDocument document = open("verimatrix", "title: On premises").exchange(TWO);

    Request sent = DOUBLE.only();
    assertThat(DOUBLE.lines()).containsExactly("POST /cpix/v1.1");
    assertThat(sent.containsHeader("Authorization")).isFalse();
    assertThat(rootAttributes(sent)).containsEntry("contentId", "movie-1").doesNotContainKey("id");
    assertThat(
            SafeXml.parse(sent.getBody())
                .getElementsByTagNameNS("urn:dashif:org:cpix", "PSSH")
                .getLength())
        .isEqualTo(6);
    assertKeys(document, TWO.keyIds(), SpekeAnswer.keys(TWO));
  }

  /** Those that speak SPEKE v2.0 and differ in how the caller proves himself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          axinom       | auth: {user: tenant, password: '${env:K}'}    | POST /api/SpekeV2 | Authorization     | Basic dGVuYW50OnNlY3JldC1vZi1L
          nagra        | auth: {value: '${env:T}'}                     | POST /speke       | nv-authorizations | secret-of-T
          vualto-speke | variables: {client: c}, auth: {value: '${env:T}'} | POST /v2/speke/c | API-KEY        | secret-of-T
          generic      | auth: {type: bearer, token: '${env:T}'}       | POST /speke       | Authorization     | Bearer secret-of-T
          """)
  void spekeProfiles_proof_isTheVendors(
      String profile, String account, String line, String header, String value) throws Exception {
    spekeAnswers();

    CpixDocument document = open(profile, account).exchange(TWO);

    Request sent = DOUBLE.only();
    assertThat(DOUBLE.lines()).containsExactly(line);
    assertThat(sent.getHeader(header)).isEqualTo(value);
    assertSpeke(sent);
    assertKeys(document, TWO.keyIds(), SpekeAnswer.keys(TWO));
  }

  @Test
  void awsSpeke_staticCredentials_signTheCall() throws Exception {
    spekeAnswers();

    CpixDocument document =
        open(
                "aws-speke",
                "auth: {credentials: static, region: eu-west-1, accessKeyId: AKIDEXAMPLE,"
                    + " secretAccessKey: '${env:S}'}")
            .exchange(TWO);

    Request sent = DOUBLE.only();
    assertThat(
            SignatureLocks.sigV4("AKIDEXAMPLE", "secret-of-S", "eu-west-1")
                .objection(sent, "/speke", "application/xml"))
        .isNull();
    assertThat(sent.getHeader("Authorization"))
        .contains("SignedHeaders=accept;content-type;host;x-amz-date;x-speke-version,");
    assertSpeke(sent);
    assertKeys(document, TWO.keyIds(), SpekeAnswer.keys(TWO));
  }

  private static KeyServer open(String profile, String account) {
    return DOUBLE.open(profile, account, Map.of());
  }

  private static void spekeAnswers() {
    SERVER.answers(
        aResponse()
            .withHeader("X-Speke-Version", "2.0")
            .withHeader("X-Speke-User-Agent", "double")
            .withBody(SpekeAnswer.to(TWO)));
  }

  private static void assertSpeke(Request sent) {
    assertThat(sent.getHeader("X-Speke-Version")).isEqualTo("2.0");
    assertThat(sent.getHeader("Content-Type")).isEqualTo("application/xml");
    assertThat(rootAttributes(sent))
        .containsEntry("contentId", "movie-1")
        .containsEntry("version", "2.3")
        .doesNotContainKey("id");
  }

  /** How many elements are below those for the systems, to be filled. */
  private static void assertPlaceholders(Request sent, int count) {
    var systems =
        SafeXml.parse(sent.getBody()).getElementsByTagNameNS("urn:dashif:org:cpix", "DRMSystem");
    assertThat(systems.getLength()).isEqualTo(6);
    for (int i = 0; i < systems.getLength(); i++) {
      assertThat(systems.item(i).getChildNodes().getLength()).isEqualTo(count);
    }
  }
}
