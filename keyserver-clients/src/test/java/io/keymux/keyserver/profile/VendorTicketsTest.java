package io.keymux.keyserver.profile;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.profile.VendorDouble.assertKeys;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.cpixget.Documents;
import io.keymux.keyserver.drmtoday.IngestAnswers;
import io.keymux.keyserver.speke.Requests;
import io.keymux.keyserver.speke.SpekeAnswer;
import io.keymux.keyserver.speke.Vendor;
import io.keymux.keyserver.speke.VendorAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Built-in profiles that put all into the URL, with tickets, tokens and passwords in the query. */
class VendorTicketsTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final VendorDouble DOUBLE = new VendorDouble(SERVER);
  private static final String CAS = "/cas/v1/tickets";
  private static final String ACCOUNT =
      "auth: {@LOGIN@, user: 'acme::api', password: '${env:P}'}, variables: {org: o-1, ";
  private static final KeyRequest TWO =
      Requests.of(Requests.perType(), WIDEVINE, PLAYREADY, FAIRPLAY);
  private static final KeyRequest FOR_GET = Requests.of(Requests.perType(), WIDEVINE, FAIRPLAY);
  private static final KeyId VIDEO = Documents.fresh(Requests.A);
  private static final KeyId AUDIO = Documents.fresh(Requests.B);

  @Test
  void drmToday_processDocument_hasATicketAndOtherKids() throws Exception {
    cas();
    SERVER.wireMock.stubFor(
        post(urlPathEqualTo("/frontend/cpix/v1/o-1/ingest/c-1"))
            .willReturn(aResponse().withBody(VendorAnswer.to(Vendor.DRMTODAY, TWO).xml())));

    try (KeyServer client = open("drmtoday", ACCOUNT + "config: c-1}")) {
      CpixDocument document = client.exchange(TWO);

      List<KeyId> kids = TWO.keyIds().stream().map(Vendor.DRMTODAY::kid).toList();
      assertKeys(document, kids, SpekeAnswer.keys(TWO));
      assertThat(document.usageRules()).extracting(UsageRule::keyId).isEqualTo(kids);
    }

    assertThat(DOUBLE.lines())
        .containsExactly(
            "POST " + CAS,
            "POST " + CAS + "/TGT-1",
            "POST /frontend/cpix/v1/o-1/ingest/c-1?ticket=ST-1",
            "DELETE " + CAS + "/TGT-1");
    assertLogin("/frontend/cpix/v1/o-1/ingest/c-1");
    Request sent = SERVER.received().get(2);
    assertThat(sent.containsHeader("Authorization")).isFalse();
    assertThat(sent.containsHeader("X-Speke-Version")).isFalse();
    assertThat(VendorDouble.rootAttributes(sent))
        .containsEntry("contentId", "movie-1")
        .doesNotContainKey("id");
  }

  @Test
  void drmToday_generateDocument_takesWhatTheServerMakes() throws Exception {
    cas();
    SERVER.wireMock.stubFor(
        get(urlPathEqualTo("/frontend/cpix/v1/o-1/ingest/c-1/movie-1"))
            .willReturn(aResponse().withBody(Documents.generated(VIDEO, AUDIO, "movie-1"))));

    try (KeyServer client = open("drmtoday-generate", ACCOUNT + "config: c-1}")) {
      CpixDocument document = client.exchange(FOR_GET);

      assertGenerated(document);
    }

    assertThat(DOUBLE.lines())
        .containsExactly(
            "POST " + CAS,
            "POST " + CAS + "/TGT-1",
            "GET /frontend/cpix/v1/o-1/ingest/c-1/movie-1?x-signaling-alg=cbcs&ticket=ST-1",
            "DELETE " + CAS + "/TGT-1");
    assertLogin("/frontend/cpix/v1/o-1/ingest/c-1/movie-1");
  }

  @Test
  void drmToday_ingest_keepsOurKeys() throws Exception {
    cas();
    SERVER.wireMock.stubFor(
        post(urlPathEqualTo("/frontend/api/keys/v3/ingest/o-1"))
            .willReturn(aResponse().withBody("{\"assets\":[{\"assetId\":\"movie-1\"}]}")));

    try (KeyServer client = open("drmtoday-ingest", ACCOUNT.replace("o-1, ", "o-1") + "}")) {
      CpixDocument document = client.exchange(TWO);

      assertThat(document).isEqualTo(TestAccounts.PRODUCER.exchange(TWO));
    }

    assertThat(DOUBLE.lines()).contains("POST /frontend/api/keys/v3/ingest/o-1?ticket=ST-1");
    assertLogin("/frontend/api/keys/v3/ingest/o-1");
    assertThat(SERVER.received().get(2).getBodyAsString())
        .contains("\"assetId\":\"movie-1\"", "\"overwriteExistingKeys\":false", "\"signaling\":");
  }

  @Test
  void ezdrm_eachKid_isACallWithUserAndPassword() throws Exception {
    KeyRequest request = FOR_GET;
    for (KeyId kid : request.keyIds()) {
      SERVER.wireMock.stubFor(
          get(urlMatching(".*k=" + kid + "&.*"))
              .willReturn(
                  aResponse()
                      .withBody(
                          Documents.ezdrm(
                              kid, kid.equals(Requests.A) ? Documents.KEY_1 : Documents.KEY_2))));
    }

    CpixDocument document =
        open("ezdrm", "auth: {tokens: {u: '${env:U}', p: '${env:P}'}}").exchange(request);

    assertThat(DOUBLE.lines())
        .containsExactlyInAnyOrder(
            "GET /KeyGenerator/cpix.aspx?k="
                + Requests.A
                + "&c=movie-1&u=secret-of-U&p=secret-of-P",
            "GET /KeyGenerator/cpix.aspx?k="
                + Requests.B
                + "&c=movie-1&u=secret-of-U&p=secret-of-P");
    assertKeys(document, request.keyIds(), Documents.KEY_1, Documents.KEY_2);
    assertThat(document.usageRules()).isEqualTo(request.rules());
    assertThat(document.signaling(Requests.B).get(1).hlsMedia())
        .contains("URI=\"skd://fps.ezdrm.com/;" + Requests.B + "\"");
  }

  @Test
  void vualto_systems_standInTheQuery() throws Exception {
    SERVER.answers(Documents.generated(VIDEO, AUDIO, "movie-1"));

    CpixDocument document =
        open("vualto", "variables: {client: acme}, auth: {value: '${env:T}'}").exchange(FOR_GET);

    assertThat(DOUBLE.lines()).containsExactly("GET /v1/cpix/acme/movie-1?drm=widevine,fairplay");
    assertThat(DOUBLE.only().getHeader("API-KEY")).isEqualTo("secret-of-T");
    assertGenerated(document);
  }

  @Test
  void expressPlay_keys_arePutThereWithTheCustomersToken() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    ContentKey key = IngestAnswers.made(request, 0);
    SERVER.answers(
        "{\"kid\":\"%s\",\"k\":\"%s\"}".formatted(key.id().toHex(), IngestAnswers.hex(key)));

    CpixDocument document = open("expressplay", "auth: {token: '${env:T}'}").exchange(request);

    assertThat(DOUBLE.lines())
        .containsExactly("POST /keystore/keys?customerAuthenticator=secret-of-T");
    assertThat(DOUBLE.only().getHeader("Content-Type")).startsWith("application/json");
    assertThat(DOUBLE.only().getBodyAsString())
        .isEqualTo(
            "{\"kid\":\"%s\",\"contentId\":\"movie-1\",\"k\":\"%s\"}"
                .formatted(key.id().toHex(), IngestAnswers.hex(key)));
    assertKeys(document, List.of(key.id()), IngestAnswers.hex(key));
  }

  private static KeyServer open(String profile, String account) {
    return DOUBLE.open(profile, account, Map.of());
  }

  private static void cas() {
    SERVER.wireMock.stubFor(
        post(urlEqualTo(CAS))
            .willReturn(aResponse().withStatus(201).withHeader("Location", CAS + "/TGT-1")));
    SERVER.wireMock.stubFor(
        any(urlEqualTo(CAS + "/TGT-1")).willReturn(aResponse().withBody("ST-1")));
  }

  /** The ticket is for the URL without its query. */
  private static void assertLogin(String path) {
    List<Request> received = SERVER.received();
    assertThat(Lock.form(received.get(0)))
        .isEqualTo(Map.of("username", "acme::api", "password", "secret-of-P"));
    assertThat(Lock.form(received.get(1))).isEqualTo(Map.of("service", DOUBLE.base() + path));
  }

  private static void assertGenerated(CpixDocument document) {
    assertKeys(document, List.of(VIDEO, AUDIO), Documents.KEY_1, Documents.KEY_2);
    assertThat(document.usageRules())
        .extracting(UsageRule::intendedTrackType)
        .containsExactly("VIDEO", "AUDIO");
    assertThat(document.usageRules()).extracting(UsageRule::keyId).containsExactly(VIDEO, AUDIO);
  }
}
