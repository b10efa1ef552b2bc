package io.keymux.keyserver;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static io.keymux.cpix.DrmSystem.CLEARKEY;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.SafeXml;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SpekeV2ClientTest {
  private static final SpekeServer server = new SpekeServer();

  @AfterEach
  void forget() {
    server.wireMock.resetAll();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<KeyRequest> combinations() {
    return Stream.of(
        Requests.of(Requests.shared(), WIDEVINE),
        Requests.of(Requests.perType(), PLAYREADY),
        Requests.of(Requests.perTrack(), FAIRPLAY),
        Requests.of(Requests.perLabel(), WIDEVINE, PLAYREADY),
        Requests.of(Requests.shared(), WIDEVINE, PLAYREADY, FAIRPLAY, CLEARKEY),
        Requests.of(Requests.perType(), WIDEVINE, FAIRPLAY),
        Requests.of(Requests.perTrack(), WIDEVINE, PLAYREADY, FAIRPLAY),
        Requests.of(Requests.perType(), CLEARKEY));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void exchange_goodAnswer_givesKeysSignalingAndOwnRules(KeyRequest request) throws Exception {
    server.answersOk(SpekeAnswer.to(request));

    CpixDocument document = server.client().exchange(request);

    assertThat(document.contentId()).isEqualTo("movie-1");
    assertThat(document.usageRules()).isEqualTo(request.rules());
    assertThat(document.contentKeys()).extracting(ContentKey::id).isEqualTo(request.keyIds());
    assertKeys(document);
    assertThat(document.requestedKeys()).isEmpty();
    assertThat(document.drmSystems())
        .hasSize(document.contentKeys().size() * systems(request).size());
    for (ContentKey key : document.contentKeys()) {
      assertThat(document.signaling(key.id()))
          .extracting(DrmSignaling::systemId)
          .isEqualTo(systems(request));
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void exchange_replacedKids_moveIntoTheRules(KeyRequest request) throws Exception {
    server.answersOk(SpekeAnswer.to(request, SpekeV2ClientTest::other));

    CpixDocument document = server.client().exchange(request);

    assertThat(document.usageRules())
        .isEqualTo(
            request.rules().stream().map(rule -> rule.withKeyId(other(rule.keyId()))).toList());
    assertThat(document.contentKeys())
        .extracting(ContentKey::id)
        .isEqualTo(request.keyIds().stream().map(SpekeV2ClientTest::other).toList());
    assertKeys(document);
    assertThat(document.drmSystems())
        .allSatisfy(entry -> assertThat(document.contentKey(entry.keyId())).isPresent());
  }

  /** What is sent, read by the DOM of the JDK and not by our own model. */
  @ParameterizedTest
  @MethodSource("combinations")
  void exchange_anyRequest_sendsSpekeV2(KeyRequest request) throws Exception {
    server.answersOk(SpekeAnswer.to(request));

    server.client().exchange(request);

    assertThat(server.received()).hasSize(1);
    Request received = server.received().get(0);
    assertThat(received.getMethod().getName()).isEqualTo("POST");
    assertThat(received.getHeader("X-Speke-Version")).isEqualTo("2.0");
    assertThat(received.getHeader("Content-Type")).isEqualTo("application/xml");
    assertThat(received.queryParameter("ticket").firstValue()).isEqualTo(SpekeServer.QUERY_SECRET);
    Document sent = SafeXml.parse(received.getBody());
    Element root = sent.getDocumentElement();
    assertThat(root.getAttribute("contentId")).isEqualTo("movie-1");
    assertThat(root.getAttribute("version")).isEqualTo("2.3");
    assertThat(root.hasAttribute("id")).isFalse();
    assertThat(elements(sent, "ContentKey"))
        .hasSize(request.keyIds().size())
        .allSatisfy(
            key -> {
              assertThat(key.getAttribute("commonEncryptionScheme"))
                  .isEqualTo(request.scheme().fourCc());
              assertThat(key.hasChildNodes()).isFalse();
            });
    assertThat(elements(sent, "DRMSystem"))
        .hasSize(request.keyIds().size() * systems(request).size())
        .allSatisfy(SpekeV2ClientTest::assertPlaceholders);
    assertThat(elements(sent, "LabelFilter")).isEmpty();
    assertThat(elements(sent, "ContentKeyUsageRule"))
        .hasSize(request.rules().size())
        .allSatisfy(rule -> assertThat(rule.getFirstChild()).isNotNull());
  }

  @Test
  void exchange_sharedKey_sendsOneBareFilterOfEachKind() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    server.answersOk(SpekeAnswer.to(request));

    server.client().exchange(request);

    Document sent = SafeXml.parse(server.received().get(0).getBody());
    for (String kind : List.of("VideoFilter", "AudioFilter")) {
      assertThat(elements(sent, kind)).hasSize(1);
      assertThat(elements(sent, kind).get(0).getAttributes().getLength()).isZero();
    }
    assertThat(elements(sent, "ContentKeyUsageRule").get(0).getAttribute("intendedTrackType"))
        .isEqualTo("ALL");
  }

  @Test
  void exchange_explicitIv_isKept() throws Exception {
    KeyRequest request = Requests.of(Requests.perType(), FAIRPLAY);
    server.answersOk(SpekeAnswer.to(request));

    CpixDocument document = server.client().exchange(request);

    assertThat(document.contentKeys())
        .allSatisfy(
            key ->
                assertThat(String.valueOf(key.explicitIv()))
                    .isEqualTo("3858f62230ac3c915f300c664312c63f"));
  }

  @Test
  void exchange_moreKeysThanTheLimit_asksNobody() {
    KeyRequest request = Requests.of(Requests.perTrack(), WIDEVINE);
    SpekeV2Client client = server.builder().maxKeys(2).build();

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client.exchange(request));

    assertThat(error.code()).isEqualTo("key-limit-exceeded");
    assertThat(error.blame()).isEqualTo(DrmException.Blame.CALLER);
    assertThat(error).hasMessageContaining("needs 3 keys").hasMessageContaining("gives 2 at most");
    assertThat(server.received()).isEmpty();
  }

  @Test
  void exchange_basic_sendsAuthorization() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    server.answersOk(SpekeAnswer.to(request));

    server
        .builder()
        .authorizer(CallAuthorizer.basic("org::name", "pä:ss"))
        .build()
        .exchange(request);

    assertBasic("org::name:pä:ss");
  }

  @Test
  void exchange_userInUrl_sendsAuthorization() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    server.answersOk(SpekeAnswer.to(request));
    URI url =
        URI.create("http://org%3A%3Aname:pa%2Fs+s@127.0.0.1:" + server.wireMock.port() + "/speke");

    SpekeV2Client.v2(url).exchange(request);

    assertBasic("org::name:pa/s+s");
    assertThat(server.received().get(0).getUrl()).isEqualTo("/speke");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/secret",
        "secret",
        "https:///secret",
        "https://a_b/secret",
        "http://user@host/secret"
      })
  void builder_unusableUrl_isRefusedWithoutQuotingIt(String url) {
    DrmException error =
        catchThrowableOfType(DrmException.class, () -> SpekeV2Client.v2(URI.create(url)));

    assertThat(error.code()).isEqualTo("invalid-key-server-url");
    assertThat(error).hasMessageNotContaining("secret");
  }

  @Test
  void toString_anyObject_hidesTheUrl() {
    KeyServerCall call = new KeyServerCall("POST", server.url(), Map.of(), Bytes.empty());

    assertThat(
            List.of(
                server.client().toString(),
                call.toString(),
                KeyServerUrl.of(server.url()).toString()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("127.0.0.1")
                    .doesNotContain(SpekeServer.PATH_SECRET, SpekeServer.QUERY_SECRET));
  }

  @Test
  void exchange_manyThreadsOneClient_eachGetsItsOwnAnswer() throws Exception {
    List<KeyRequest> requests = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      List<UsageRule> rules = Requests.perType();
      KeyRequest request =
          new KeyRequest("asset-" + i + "-x", ProtectionScheme.CENC, Set.of(WIDEVINE), rules);
      UUID mark = new UUID(i, i);
      server.wireMock.stubFor(
          any(anyUrl())
              .withRequestBody(containing("contentId=\"" + request.contentId() + "\""))
              .willReturn(
                  SpekeServer.ok(
                          SpekeAnswer.to(
                              request,
                              id ->
                                  new KeyId(
                                      new UUID(
                                          mark.getMostSignificantBits(),
                                          id.uuid().getLeastSignificantBits()))))
                      .withFixedDelay(i % 5 * 10)));
      requests.add(request);
    }
    SpekeV2Client client = server.client();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<CpixDocument>> calls = new ArrayList<>();
      requests.forEach(request -> calls.add(() -> client.exchange(request)));
      List<Future<CpixDocument>> answers = threads.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        CpixDocument document = answers.get(i).get();
        assertThat(document.contentId()).isEqualTo("asset-" + i + "-x");
        assertThat(document.usageRules().get(0).keyId().uuid().getMostSignificantBits())
            .isEqualTo(i);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void assertBasic(String pair) {
    String header = server.received().get(0).getHeader("Authorization");
    assertThat(header).startsWith("Basic ");
    assertThat(new String(Base64.getDecoder().decode(header.substring(6)), UTF_8)).isEqualTo(pair);
  }

  private static void assertKeys(CpixDocument document) {
    int number = 0;
    for (ContentKey key : document.contentKeys()) {
      number++;
      assertThat(HexFormat.of().formatHex(key.value().reveal())).isEqualTo(SpekeAnswer.key(number));
    }
  }

  private static void assertPlaceholders(Element system) {
    List<String> names = new ArrayList<>();
    for (Element child : children(system)) {
      assertThat(child.getTextContent()).isEmpty();
      names.add(child.getLocalName() + child.getAttribute("playlist"));
    }
    DrmSystem known = DrmSystem.of(UUID.fromString(system.getAttribute("systemId")));
    assertThat(names)
        .isEqualTo(
            known == null
                ? List.of("PSSH")
                : known == FAIRPLAY
                    ? List.of("HLSSignalingDatamedia", "HLSSignalingDatamaster")
                    : List.of(
                        "PSSH",
                        "ContentProtectionData",
                        "HLSSignalingDatamedia",
                        "HLSSignalingDatamaster"));
  }

  private static List<UUID> systems(KeyRequest request) {
    List<UUID> systems =
        request.systems().stream().filter(s -> s != CLEARKEY).map(DrmSystem::systemId).toList();
    return systems.isEmpty() ? List.of(DrmSystem.COMMON_PSSH) : systems;
  }

  private static KeyId other(KeyId id) {
    return new KeyId(
        new UUID(~id.uuid().getMostSignificantBits(), 42 + id.uuid().getLeastSignificantBits()));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList found = document.getElementsByTagNameNS("urn:dashif:org:cpix", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
      if (parent.getChildNodes().item(i) instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }
}
