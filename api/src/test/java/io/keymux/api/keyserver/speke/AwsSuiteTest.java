package io.keymux.api.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** What AWS's verification suite for SPEKE v2 looks at, over its own requests. */
class AwsSuiteTest {
  private static final String SUITE = "aws-speke-v2-suite/";
  private static final String GENERIC =
      SUITE + "general/1_generic_spekev2_dash_widevine_preset_video_1_audio_1_no_rotation.xml";

  @TempDir static Path folder;
  private static SpekeServer server;

  @BeforeAll
  static void start() {
    server = SpekeServer.in(folder);
  }

  @TestFactory
  Stream<DynamicTest> answer_eachRequestOfTheSuite_isWhatItChecks() {
    return SpekeVectors.requests(SUITE, "[12]_.*xml|[1-7]_[a-z_]+\\.xml").stream()
        .filter(path -> !path.toString().contains("negative"))
        .map(path -> dynamicTest(path.toString(), () -> check(path)));
  }

  @Test
  void requests_ofTheSuite_areAllThere() {
    assertThat(SpekeVectors.requests(SUITE, ".*\\.xml")).hasSize(27);
  }

  private static void check(Path path) {
    String request = SpekeVectors.read(path.toString());
    Answer answer = server.answer(SpekeVersion.V2_0, request);
    assertThat(server.answer(SpekeVersion.V2_0, request).text()).isEqualTo(answer.text());
    assertThat(answer.root().hasAttribute("id")).isFalse();
    assertThat(answer.root().getAttribute("version")).isEqualTo("2.3");
    assertThat(answer.text())
        .containsPattern("<[a-zA-Z]+:PlainValue>")
        .containsPattern("<cpix:CPIX [^>]*xmlns:cpix=\"urn:dashif:org:cpix\"")
        .containsPattern("<cpix:CPIX [^>]*xmlns:\\w+=\"urn:ietf:params:xml:ns:keyprov:pskc\"");
    for (Element key : answer.keys()) {
      KeyId id = KeyId.parse(key.getAttribute("kid"));
      assertThat(Answer.value(key)).isNotEqualTo(server.keys().ivOf(id));
    }
    answer.systems().forEach(AwsSuiteTest::checkSystem);
  }

  private static void checkSystem(Element system) {
    for (Element child : CpixDom.children(system)) {
      boolean emptyPssh =
          system.getAttribute("systemId").equals(SpekeText.FAIRPLAY)
              && child.getLocalName().equals("PSSH");
      assertThat(child.getTextContent().isBlank()).isEqualTo(emptyPssh);
    }
    switch (system.getAttribute("systemId")) {
      case SpekeText.WIDEVINE ->
          assertThat(Answer.decodedText(CpixDom.children(system, "ContentProtectionData").get(0)))
              .contains(">" + CpixDom.children(system, "PSSH").get(0).getTextContent() + "<");
      case SpekeText.FAIRPLAY -> {
        assertThat(CpixDom.children(system, "ContentProtectionData")).isEmpty();
        assertThat(uri(Answer.hls(system, "media"))).isEqualTo(uri(Answer.hls(system, "master")));
      }
      default -> assertThat(Answer.decoded(system, "PSSH").size()).isGreaterThan(100);
    }
  }

  private static String uri(String line) {
    return line.replaceFirst(".*URI=\"([^\"]*)\".*", "$1");
  }

  /** The negative cases of the suite: a request with something taken out or changed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(?s).*                                     | ''     | The body is not usable XML: xml-not-well-formed",
        "version=.2.3.                              | version='4.0' | Unsupported CPIX@version",
        "(?s)<cpix:ContentKeyList>.*</cpix:ContentKeyList> | '' | From 1 to 64 ContentKey elements are supported",
        "(?s)<cpix:DRMSystemList>.*</cpix:DRMSystemList>   | '' | Missing DRMSystem",
        "(?s)<cpix:ContentKeyUsageRuleList>.*</cpix:ContentKeyUsageRuleList> | '' | Missing CPIX encryption contract",
        "<cpix:[VA][a-z]+Filter />                  | ''     | Missing CPIX encryption contract",
        "<cpix:VideoFilter />                       | ''     | Malformed encryption contract",
        "ContentKey kid=.[0-9a-f-]+.                | ContentKey  | Malformed ContentKey@kid",
        "commonEncryptionScheme=.cenc.              | ''     | Missing ContentKey@commonEncryptionScheme for KID 0f083e4e-b831-4a3d-917e-ce78076e54aa",
        "DRMSystem kid=.[0-9a-f-]+.                 | DRMSystem | DRMSystem@kid without a ContentKey",
        "systemId=.[0-9a-f-]+.                      | ''     | Unsupported DRMSystem@systemId",
        "UsageRule kid=.[0-9a-f-]+.                 | UsageRule | Malformed encryption contract",
        "intendedTrackType=.AUDIO.                  | ''     | Malformed encryption contract",
        "intendedTrackType=.AUDIO.                  | intendedTrackType='ALL' | Malformed encryption contract",
      })
  void answer_negativeCase_isItsText(String pattern, String replacement, String text) {
    String request = SpekeVectors.read(GENERIC);
    String broken = request.replaceAll(pattern, replacement.strip());
    assertThat(broken).isNotEqualTo(request);
    assertThat(server.refusal(SpekeVersion.V2_0, broken)).isEqualTo(text);
  }

  @Test
  void answer_fairPlayWithCenc_isRefused() {
    String request =
        SpekeVectors.read(SUITE + "generated-live/test_case_1_p_v_1_a_1/3_fairplay.xml");
    assertThat(server.refusal(SpekeVersion.V2_0, request.replace("cbcs", "cenc")))
        .isEqualTo(
            "ContentKey@commonEncryptionScheme non compatible with DRMSystem "
                + SpekeText.FAIRPLAY);
  }

  @Test
  void answer_wrongVersionFile_isRefused() {
    for (String folder : new String[] {"general", "vod"}) {
      String request =
          SpekeVectors.read(SUITE + folder + "/3_negative_wrong_version_spekev2_dash_widevine.xml");
      assertThat(server.refusal(SpekeVersion.V2_0, request)).isEqualTo("Unsupported CPIX@version");
    }
  }
}
