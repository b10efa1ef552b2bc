package io.keymux.api.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.validation.CpixProfile;
import io.keymux.cpix.xml.CpixDom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** SPEKE v1: one key, every placeholder sent, those filled that the system has something for. */
class SpekeV1Test {
  private static final KeyId KID = KeyId.parse("6c5f5206-7d98-4808-84d8-94f132c1e9fe");
  private static final String AES_128_V1 = "81376844-f976-481e-a84e-cc25d39b0b33";
  private static final String REQUEST =
      """
      <cpix:CPIX id="5E-movie" xmlns:cpix="urn:dashif:org:cpix" xmlns:speke="urn:aws:amazon:com:speke">\
      <cpix:ContentKeyList><cpix:ContentKey kid="6c5f5206-7d98-4808-84d8-94f132c1e9fe"/></cpix:ContentKeyList>\
      <cpix:DRMSystemList><cpix:DRMSystem kid="6c5f5206-7d98-4808-84d8-94f132c1e9fe" systemId="SYSTEM">\
      <cpix:ContentProtectionData/><speke:KeyFormat/><speke:KeyFormatVersions/><speke:ProtectionHeader/>\
      <cpix:PSSH/><cpix:URIExtXKey/></cpix:DRMSystem></cpix:DRMSystemList></cpix:CPIX>""";

  @TempDir static Path folder;
  private static SpekeServer server;

  @BeforeAll
  static void start() {
    server = SpekeServer.in(folder);
  }

  /** In the order of the request; a dot is a placeholder that stays empty. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        AES_128_V1 + " | . aWRlbnRpdHk= MQ== . . KEYURI",
        SpekeText.FAIRPLAY + " | . Y29tLmFwcGxlLnN0cmVhbWluZ2tleWRlbGl2ZXJ5 MQ== . . SKD",
        SpekeText.WIDEVINE + " | . . . . WIDEVINE .",
        SpekeText.COMMON + " | COMMONXML . . . COMMON .",
      })
  void answer_eachSystem_fillsWhatIsItsOwn(String systemId, String expected) {
    String widevine =
        base64Hex(
            "0000003870737368"
                + "00000000"
                + SpekeText.WIDEVINE.replace("-", "")
                + "00000018"
                + "1210"
                + KID.toHex()
                + "48e3dc959b06");
    String common =
        base64Hex(
            "0000003470737368"
                + "01000000"
                + SpekeText.COMMON.replace("-", "")
                + "00000001"
                + KID.toHex()
                + "00000000");
    String commonXml = "<pssh xmlns=\"urn:mpeg:cenc:2013\">" + common + "</pssh>";
    String filled =
        expected
            .replace("COMMONXML", base64(commonXml))
            .replace("COMMON", common)
            .replace("WIDEVINE", widevine)
            .replace("SKD", base64("skd://" + KID))
            .replace("KEYURI", base64(SpekeServer.BASE + "/keys/5E-movie/" + KID));
    assertThat(placeholders(answer(systemId), systemId)).isEqualTo(filled);
  }

  @Test
  void answer_playReady_hasBoxAndSmoothHeader() {
    String[] values = placeholders(answer(SpekeText.PLAYREADY), SpekeText.PLAYREADY).split(" ", -1);
    assertThat(values[0] + values[1] + values[2] + values[5]).isEqualTo("....");
    byte[] header = Base64.getDecoder().decode(values[3]);
    byte[] box = Base64.getDecoder().decode(values[4]);
    assertThat(box).endsWith(header).hasSize(header.length + 32);
    assertThat(new String(header, StandardCharsets.UTF_16LE))
        .contains(Base64.getEncoder().encodeToString(KID.toGuidBytes()));
  }

  @Test
  void answer_fairPlay_hasAnIvThatIsNotTheKey() {
    Element key = answer(SpekeText.FAIRPLAY).key(KID);
    assertThat(key.getAttribute("explicitIV")).isNotEqualTo(Answer.value(key).toBase64());
    assertThat(key.getAttribute("explicitIV")).hasSize(24);
    assertThat(answer(SpekeText.WIDEVINE).key(KID).hasAttribute("explicitIV")).isFalse();
  }

  @Test
  void answer_root_keepsIdAndNamespaces() {
    Answer answer = answer(SpekeText.WIDEVINE);
    assertThat(answer.root().getAttribute("id")).isEqualTo("5E-movie");
    assertThat(answer.text())
        .contains("xmlns:speke=\"urn:aws:amazon:com:speke\"")
        .contains("<pskc:PlainValue>");
  }

  @Test
  void answer_liveAndVodOfOneKid_areTheSameKey() {
    String live =
        REQUEST.replace(
            "</cpix:CPIX>",
            "<cpix:ContentKeyPeriodList><cpix:ContentKeyPeriod id=\"p\" index=\"11425\"/>"
                + "</cpix:ContentKeyPeriodList><cpix:ContentKeyUsageRuleList>"
                + "<cpix:ContentKeyUsageRule kid=\""
                + KID
                + "\"><cpix:KeyPeriodFilter"
                + " periodId=\"p\"/></cpix:ContentKeyUsageRule></cpix:ContentKeyUsageRuleList>"
                + "</cpix:CPIX>");
    Answer answer = server.answer(SpekeVersion.V1, live.replace("SYSTEM", SpekeText.WIDEVINE));
    assertThat(Answer.value(answer.key(KID)))
        .isEqualTo(Answer.value(answer(SpekeText.WIDEVINE).key(KID)));
    assertThat(answer.text()).contains("index=\"11425\"").contains("periodId=\"p\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id=\"5E-movie\"    |              | Missing CPIX@id",
        "SYSTEM             | 3ea8778f-7742-4bf9-b18b-e834b2acbd47 | Unsupported DRMSystem@systemId",
        "ContentKey kid=\"6 | ContentKey kid=\"x | Malformed ContentKey@kid",
        "DRMSystem kid=\"6  | DRMSystem kid=\"7  | DRMSystem@kid without a ContentKey",
      })
  void answer_brokenRequest_isRefused(String from, String to, String text) {
    String broken =
        REQUEST.replace(from, to == null ? "" : to.strip()).replace("SYSTEM", SpekeText.WIDEVINE);
    assertThat(server.refusal(SpekeVersion.V1, broken)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "aws-speke-server-tests/server_api_body.xml",
    "aws-peer-pairs/20-v1-aes128-live.request.xml",
    "aws-peer-pairs/21-v1-sample-aes-vod.request.xml",
    "aws-peer-pairs/22-v1-widevine-live.request.xml",
    "aws-peer-pairs/23-v1-playready-vod.request.xml",
    "aws-peer-pairs/24-v1-common-pssh.request.xml",
  })
  void answer_requestOfAnotherServer_isAnswered(String file) {
    Answer answer = server.answer(SpekeVersion.V1, SpekeVectors.read(file));
    assertThat(Answer.value(answer.key(KID)).size()).isEqualTo(16);
    assertThat(answer.errors(CpixProfile.SPEKE_V1)).isEmpty();
  }

  private static Answer answer(String systemId) {
    return server.answer(SpekeVersion.V1, REQUEST.replace("SYSTEM", systemId));
  }

  private static String placeholders(Answer answer, String systemId) {
    StringBuilder values = new StringBuilder();
    for (Element child : CpixDom.children(answer.system(systemId, KID))) {
      values.append(child.getTextContent().isEmpty() ? "." : child.getTextContent()).append(' ');
    }
    return values.toString().strip();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64Hex(String hex) {
    return Bytes.ofHex(hex).toBase64();
  }
}
