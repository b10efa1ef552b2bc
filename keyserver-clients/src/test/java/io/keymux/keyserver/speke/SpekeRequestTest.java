package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.auth.HeaderAuthorizer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a client sends, read by the DOM of the JDK and not by our own model. */
class SpekeRequestTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  @ParameterizedTest
  @MethodSource("io.keymux.keyserver.speke.Requests#combinations")
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
        .hasSize(request.keyIds().size() * Requests.systems(request).size())
        .allSatisfy(SpekeRequestTest::assertPlaceholders);
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
  void exchange_basic_sendsAuthorization() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    server.answersOk(SpekeAnswer.to(request));

    server
        .builder()
        .authorizer(HeaderAuthorizer.basic("org::name", "pä:ss"))
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

    SpekeClient.v2(url).exchange(request);

    assertBasic("org::name:pa/s+s");
    assertThat(server.received().get(0).getUrl()).isEqualTo("/speke");
  }

  private void assertBasic(String pair) {
    String header = server.received().get(0).getHeader("Authorization");
    assertThat(header).startsWith("Basic ");
    assertThat(new String(Base64.getDecoder().decode(header.substring(6)), UTF_8)).isEqualTo(pair);
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
