package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.CLEARKEY;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.http.KeyExchangeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** SPEKE v1, against hand-written answers and those of AWS's reference server. */
class SpekeV1Test {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  private static final KeyId AWS_KID = KeyId.parse("6c5f5206-7d98-4808-84d8-94f132c1e9fe");

  @Test
  void exchange_anyRequest_sendsWhatAwsSends() throws Exception {
    KeyRequest request = awsRequest("v1-22", WIDEVINE);
    server.answersOk(answer(request.contentId(), AWS_KID, widevine(AWS_KID)));

    client().exchange(request);

    Request received = server.received().get(0);
    assertThat(received.getHeader("Content-Type")).isEqualTo("application/xml");
    assertThat(received.getHeaders().keys()).doesNotContain("X-Speke-Version");
    Element sent = SafeXml.parse(received.getBody()).getDocumentElement();
    Element aws = SafeXml.parse(vector("23-v1-playready-vod.request.xml")).getDocumentElement();
    assertThat(sent.getAttribute("id")).isEqualTo("v1-22");
    assertThat(sent.hasAttribute("contentId")).isFalse();
    assertThat(sent.hasAttribute("version")).isFalse();
    assertThat(names(CpixDom.children(sent))).isEqualTo(names(CpixDom.children(aws)));
    assertThat(names(placeholders(sent)))
        .containsExactlyInAnyOrderElementsOf(names(placeholders(aws)));
  }

  @Test
  void exchange_goodAnswer_givesTheKeyAndWholeSignaling() throws Exception {
    KeyId kid = Requests.A;
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE, PLAYREADY, FAIRPLAY, CLEARKEY);
    server.answersOk(
        answer("movie-1", kid, widevine(kid) + playReady(kid) + fairPlay(kid, "skd://" + kid)));

    CpixDocument document = client().exchange(request);

    assertThat(document.contentKeys())
        .extracting(ContentKey::id, ContentKey::value)
        .containsExactly(Tuple.tuple(kid, key()));
    assertThat(document.usageRules()).isEqualTo(request.rules());
    assertThat(document.drmSystems())
        .extracting(DrmSignaling::system)
        .containsExactly(WIDEVINE, PLAYREADY, FAIRPLAY);
    DrmSignaling fairPlay = document.drmSystems().get(2);
    assertThat(fairPlay.hlsMedia())
        .isEqualTo(
            "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://"
                + kid
                + "\",KEYFORMAT=\"com.apple.streamingkeydelivery\",KEYFORMATVERSIONS=\"1\"");
    for (DrmSignaling system : document.drmSystems().subList(0, 2)) {
      String pssh = String.valueOf(system.pssh() == null ? null : system.pssh().toBase64());
      assertThat(system.contentProtection()).contains(">" + pssh + "<");
      assertThat(system.hlsMultivariant()).startsWith("#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,");
    }
  }

  /** AES-128 had another identifier then, and a URI instead of lines. */
  @ParameterizedTest
  @CsvSource({"aWRlbnRpdHk=, true", "'', true", "Y29tLmV4YW1wbGU=, false"})
  void exchange_aes128_isAskedForByItsOldNameAndGivesALine(String format, boolean good)
      throws Exception {
    KeyRequest request =
        new KeyRequest(
            "movie-1", ProtectionScheme.CBC1, Set.of(DrmSystem.AES_128), Requests.shared());
    server.answersOk(
        answer(
            "movie-1",
            Requests.A,
            "<cpix:DRMSystem kid=\"%s\" systemId=\"%s\"><cpix:PSSH/><cpix:URIExtXKey>%s</cpix:URIExtXKey><speke:KeyFormat>%s</speke:KeyFormat></cpix:DRMSystem>"
                .formatted(
                    Requests.A,
                    DrmSystem.HLS_AES_128_V1,
                    SpekeAnswer.base64("https://keys.example/1"),
                    format)));

    if (!good) {
      assertThat(catchThrowableOfType(KeyExchangeException.class, () -> client().exchange(request)))
          .hasMessageContaining("speke-v1-key-format");
      return;
    }
    DrmSignaling system = client().exchange(request).drmSystems().get(0);

    assertThat(server.received().get(0).getBodyAsString())
        .contains(DrmSystem.HLS_AES_128_V1.toString());
    assertThat(system.system()).isEqualTo(DrmSystem.AES_128);
    assertThat(system.hlsMedia())
        .isEqualTo("#EXT-X-KEY:METHOD=AES-128,URI=\"https://keys.example/1\"");
  }

  @Test
  void exchange_replacedKid_isFollowed() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    server.answersOk(answer("movie-1", Requests.C, widevine(Requests.C)));

    CpixDocument document = client().exchange(request);

    assertThat(document.usageRules()).extracting(UsageRule::keyId).containsExactly(Requests.C);
  }

  @Test
  void exchange_severalKeys_isRefusedBeforeAnythingIsSent() {
    KeyRequest request = Requests.of(Requests.perType(), WIDEVINE);

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client().exchange(request));

    assertThat(error.code()).isEqualTo("key-limit-exceeded");
    assertThat(server.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "21-v1-sample-aes-vod, FAIRPLAY, is the key itself",
    "22-v1-widevine-live, WIDEVINE, has a ContentKeyPeriodList",
    "23-v1-playready-vod, PLAYREADY, is for KID [0f083e4e-b831-4a3d-917e-ce78076e54aa]"
  })
  void exchange_answerOfReferenceServer_isRefused(String name, DrmSystem system, String found)
      throws Exception {
    server.answersOk(new String(vector(name + ".response.xml"), StandardCharsets.UTF_8));
    KeyRequest request = awsRequest(name.substring(3, 5) + "-" + name.substring(0, 2), system);

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client().exchange(request));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error).hasMessageContaining(found);
  }

  @Test
  void exchange_commonPsshOfReferenceServer_givesItsKey() throws Exception {
    server.answersOk(new String(vector("24-v1-common-pssh.response.xml"), StandardCharsets.UTF_8));

    CpixDocument document = client().exchange(awsRequest("v1-24", CLEARKEY));

    assertThat(document.contentKeys())
        .extracting(ContentKey::value)
        .containsExactly(
            SecretBytes.copyOf(Base64.getDecoder().decode("z0rb+P+VSLUxTpikp86Mpg==")));
  }

  @ParameterizedTest
  @CsvSource({
    "other, movie-2, '', CPIX@id is not",
    "empty-pssh, movie-1, <cpix:PSSH/>, PSSH of DRMSystem",
    "no-pssh, movie-1, '', PSSH of DRMSystem",
    "not-a-box, movie-1, <cpix:PSSH>AAAA</cpix:PSSH>, cannot be read as CPIX (malformed-mp4)"
  })
  void exchange_brokenAnswer_isRefused(String id, String contentId, String pssh, String found) {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    server.answersOk(answer(contentId, Requests.A, system(WIDEVINE, Requests.A, pssh)));

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client().exchange(request));

    assertThat(error.code()).as(id).isEqualTo("key-response-invalid");
    assertThat(error).hasMessageContaining(found);
  }

  @Test
  void exchange_otherKeyFormat_isRefused() {
    KeyRequest request = Requests.of(Requests.shared(), FAIRPLAY);
    server.answersOk(
        answer(
            "movie-1",
            Requests.A,
            fairPlay(Requests.A, "skd://x")
                .replace(
                    SpekeAnswer.base64("com.apple.streamingkeydelivery"),
                    SpekeAnswer.base64("identity"))));

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client().exchange(request));

    assertThat(error).hasMessageContaining("speke-v1-key-format");
  }

  private static SpekeClient client() {
    return SpekeClient.builder(SpekeVersion.V1_0, server.url()).build();
  }

  private static KeyRequest awsRequest(String contentId, DrmSystem system) {
    return new KeyRequest(
        contentId,
        system == FAIRPLAY ? ProtectionScheme.CBCS : ProtectionScheme.CENC,
        Set.of(system),
        List.of(Requests.shared().get(0).withKeyId(AWS_KID)));
  }

  private static SecretBytes key() {
    return SecretBytes.copyOf(HexFormat.of().parseHex(SpekeAnswer.key(1)));
  }

  private static String answer(String contentId, KeyId kid, String systems) {
    return ("<cpix:CPIX xmlns:cpix=\"urn:dashif:org:cpix\" id=\"%s\""
            + " xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\""
            + " xmlns:speke=\"urn:aws:amazon:com:speke\"><cpix:ContentKeyList>"
            + "<cpix:ContentKey kid=\"%s\"><cpix:Data><pskc:Secret><pskc:PlainValue>%s"
            + "</pskc:PlainValue></pskc:Secret></cpix:Data></cpix:ContentKey>"
            + "</cpix:ContentKeyList><cpix:DRMSystemList>%s</cpix:DRMSystemList></cpix:CPIX>")
        .formatted(
            contentId,
            kid,
            SpekeAnswer.base64(HexFormat.of().parseHex(SpekeAnswer.key(1))),
            systems);
  }

  private static String widevine(KeyId kid) {
    return system(WIDEVINE, kid, pssh(WIDEVINE, kid));
  }

  private static String playReady(KeyId kid) {
    return system(
        PLAYREADY,
        kid,
        "<speke:ProtectionHeader>AAAA</speke:ProtectionHeader>" + pssh(PLAYREADY, kid));
  }

  private static String fairPlay(KeyId kid, String uri) {
    return system(
        FAIRPLAY,
        kid,
        "<cpix:PSSH/><cpix:URIExtXKey>%s</cpix:URIExtXKey><speke:KeyFormat>%s</speke:KeyFormat>"
            .formatted(
                SpekeAnswer.base64(uri), SpekeAnswer.base64("com.apple.streamingkeydelivery")));
  }

  private static String pssh(DrmSystem system, KeyId kid) {
    return "<cpix:PSSH>%s</cpix:PSSH>"
        .formatted(SpekeAnswer.base64(SpekeAnswer.pssh(system.systemId().toString(), kid, "cbcs")));
  }

  private static String system(DrmSystem system, KeyId kid, String content) {
    return "<cpix:DRMSystem kid=\"%s\" systemId=\"%s\">%s</cpix:DRMSystem>"
        .formatted(kid, system.systemId(), content);
  }

  private static List<Element> placeholders(Element root) {
    return CpixDom.children(CpixDom.entries(root, "DRMSystemList", "DRMSystem").get(0));
  }

  private static List<String> names(List<Element> elements) {
    return elements.stream().map(e -> e.getNamespaceURI() + " " + e.getLocalName()).toList();
  }

  private static byte[] vector(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("keymux.vectors", "absent"), "cpix", "aws-peer-pairs", name);
    assumeTrue(Files.exists(file), "third-party vectors are absent");
    return Files.readAllBytes(file);
  }
}
