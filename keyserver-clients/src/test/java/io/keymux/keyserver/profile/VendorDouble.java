package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.answer.KeyServerDouble;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** Built-in profiles as they are, but for the hosts of their URLs. */
final class VendorDouble {
  private static final String HOST = "^https?://[^/]+";

  private final KeyServerDouble server;

  VendorDouble(KeyServerDouble server) {
    this.server = server;
  }

  String base() {
    return "http://127.0.0.1:" + server.wireMock.port();
  }

  /**
   * @param account the rest of it, in YAML; {@code @LOGIN@} is the login of the profile
   */
  KeyServer open(String profile, String account, Map<String, String> secrets) {
    var tree =
        new ProfileTrees(Map.of())
            .resolve(profile, ProfileTrees.parse(profile, ("profile: " + profile).getBytes(UTF_8)));
    String url = tree.path("url").asText("https://none/speke").replaceFirst(HOST, base());
    String login = tree.path("auth").path("login").asText("").replaceFirst(HOST, base());
    String yaml =
        "{profile: %s, url: '%s', %s}"
            .formatted(profile, url, account.replace("@LOGIN@", "login: '" + login + "'"));
    return TestAccounts.servers(secrets).open("vendor", yaml.getBytes(UTF_8));
  }

  /** As {@code POST /path?query}. */
  List<String> lines() {
    return server.received().stream()
        .map(request -> request.getMethod().getName() + " " + request.getUrl())
        .toList();
  }

  Request only() {
    assertThat(server.received()).hasSize(1);
    return server.received().get(0);
  }

  /** The attributes of the root, without namespaces. */
  static Map<String, String> rootAttributes(Request request) {
    NamedNodeMap attributes = SafeXml.parse(request.getBody()).getDocumentElement().getAttributes();
    Map<String, String> found = new TreeMap<>();
    for (int i = 0; i < attributes.getLength(); i++) {
      if (!attributes.item(i).getNodeName().startsWith("xmlns")) {
        found.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
      }
    }
    return found;
  }

  static List<String> trackTypes(Request request) {
    var rules =
        SafeXml.parse(request.getBody())
            .getElementsByTagNameNS("urn:dashif:org:cpix", "ContentKeyUsageRule");
    return java.util.stream.IntStream.range(0, rules.getLength())
        .mapToObj(i -> ((Element) rules.item(i)).getAttribute("intendedTrackType"))
        .toList();
  }

  static void assertKeys(CpixDocument document, List<KeyId> kids, String... keys) {
    assertThat(document.contentKeys()).extracting(ContentKey::id).containsExactlyElementsOf(kids);
    assertThat(document.contentKeys())
        .extracting(key -> HexFormat.of().formatHex(key.value().reveal()))
        .containsExactly(keys);
  }
}
