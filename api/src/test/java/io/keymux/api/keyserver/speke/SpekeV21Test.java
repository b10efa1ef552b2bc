package io.keymux.api.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.AuthSettings;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.OutputProtection;
import io.keymux.api.keyserver.speke.SpekePresets.Contract;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.xml.CpixDom;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** What SPEKE v2.1 has beyond v2.0. */
class SpekeV21Test {
  private static final Contract CONTRACT =
      new Contract("uhd", List.of("UHD|video minPixels=2073601", "AUDIO|audio"));
  private static final OutputProtection STRONG =
      new OutputProtection(
          "TYPE-1",
          "<x:hdcp xmlns:x=\"urn:x\"/>",
          Map.of(DrmSystem.WIDEVINE, "HW_SECURE_ALL"),
          Map.of(DrmSystem.WIDEVINE, "com.widevine:HW"));

  @TempDir static Path folder;
  private static SpekeServer server;

  @BeforeAll
  static void start() {
    server =
        SpekeServer.in(
            folder, new KeyServerSettings(new AuthSettings.None(), Map.of("UHD", STRONG)));
  }

  @Test
  void answer_outputProtection_isToldForItsTrackTypeOnly() {
    SpekeText asked = asked("2.4", "cenc", SpekeText.WIDEVINE);
    Answer answer = server.answer(SpekeVersion.V2_1, asked.xml());
    Element key = answer.key(asked.keyId(0));
    List<Element> children = CpixDom.children(key);
    assertThat(children).extracting(Element::getLocalName).containsExactly("HDCPData", "Data");
    assertThat(children.get(0).getAttribute("HLSHDCPLevel")).isEqualTo("TYPE-1");
    assertThat(Answer.decodedText(CpixDom.children(children.get(0)).get(0)))
        .isEqualTo("<x:hdcp xmlns:x=\"urn:x\"/>");
    Element system = answer.system(SpekeText.WIDEVINE, asked.keyId(0));
    assertThat(system.getAttribute("HLSAllowedCPC")).isEqualTo("com.widevine:HW");
    assertThat(CpixDom.children(system, "ContentProtectionData").get(0).getAttribute("robustness"))
        .isEqualTo("HW_SECURE_ALL");
    assertThat(CpixDom.children(answer.key(asked.keyId(1))))
        .extracting(Element::getLocalName)
        .containsExactly("Data");
    assertThat(answer.system(SpekeText.WIDEVINE, asked.keyId(1)).hasAttribute("HLSAllowedCPC"))
        .isFalse();
  }

  @Test
  void answer_version20_saysNothingOfOutputProtection() {
    String answer =
        server.answer(SpekeVersion.V2_0, asked("2.3", "cenc", SpekeText.WIDEVINE).xml()).text();
    assertThat(answer).doesNotContain("HDCP").doesNotContain("robustness").doesNotContain("CPC");
  }

  @Test
  void answer_periodsInTime_areKept() {
    for (String place :
        List.of(
            "start=\"2026-01-01T00:00:00Z\" end=\"2026-01-01T01:00:00Z\"",
            "startOffset=\"PT0S\" endOffset=\"PT10M\"",
            "index=\"7\" start=\"2026-01-01T00:00:00Z\" end=\"2026-01-01T01:00:00Z\"")) {
      String request = asked("2.4", "cenc", SpekeText.WIDEVINE).xml().replace("index=\"7\"", place);
      Element period =
          CpixDom.entries(
                  server.answer(SpekeVersion.V2_1, request).root(),
                  "ContentKeyPeriodList",
                  "ContentKeyPeriod")
              .get(0);
      for (String attribute : place.split(" ", -1)) {
        String[] parts = attribute.split("=", -1);
        assertThat("\"" + period.getAttribute(parts[0]) + "\"").isEqualTo(parts[1]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2.4 | SAMPLE-AES     | " + SpekeText.FAIRPLAY + "  | no refusal",
        "2.4 | SAMPLE-AES     | " + SpekeText.WIDEVINE + "  | no refusal",
        "2.4 | SAMPLE-AES-CTR | " + SpekeText.WIDEVINE + "  | no refusal",
        "2.4 | SAMPLE-AES-CTR | " + SpekeText.FAIRPLAY + "  | SYSTEM",
        "2.4 | AES-128        | " + SpekeText.AES_128 + "   | no refusal",
        "2.4 | cbc1           | " + SpekeText.AES_128 + "   | no refusal",
        "2.4 | AES-128        | " + SpekeText.WIDEVINE + "  | SYSTEM",
        "2.4 | SAMPLE-AES     | " + SpekeText.AES_128 + "   | SYSTEM",
        "2.4 | cens           | " + SpekeText.WIDEVINE + "  | SYSTEM",
        "2.4 | cbcx           | " + SpekeText.WIDEVINE + "  | SYSTEM",
        "2.3 | AES-128        | " + SpekeText.AES_128 + "   | SYSTEM",
        "2.3 | SAMPLE-AES     | " + SpekeText.FAIRPLAY + "  | SYSTEM",
        "2.3 | cbc1           | " + SpekeText.AES_128 + "   | no refusal",
        "2.3 | cenc           | " + SpekeText.AES_128 + "   | SYSTEM",
        "2.3 | cbc1           | " + SpekeText.PLAYREADY + " | SYSTEM",
        "2.3 | cbcs           | " + SpekeText.COMMON + "    | no refusal",
        "2.3 | cbc1           | " + SpekeText.COMMON + "    | SYSTEM",
      })
  void answer_schemeAndSystem_mustFit(String cpix, String scheme, String system, String text) {
    SpekeVersion version = cpix.equals("2.4") ? SpekeVersion.V2_1 : SpekeVersion.V2_0;
    String expected =
        text.equals("SYSTEM")
            ? "ContentKey@commonEncryptionScheme non compatible with DRMSystem " + system
            : text;
    assertThat(server.refusal(version, asked(cpix, scheme, system).xml())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"V2_0,2.4", "V2_1,2.3", "V2_1,2.1", "V2_0,2.0"})
  void answer_versionsThatAreNoPair_areRefused(SpekeVersion version, String cpix) {
    assertThat(server.refusal(version, asked(cpix, "cenc", SpekeText.WIDEVINE).xml()))
        .isEqualTo("Unsupported CPIX@version");
  }

  @Test
  void answer_sampleAes_isSignalledAsCbcs() {
    SpekeText asked = asked("2.4", "SAMPLE-AES", SpekeText.WIDEVINE);
    Element system =
        server.answer(SpekeVersion.V2_1, asked.xml()).system(SpekeText.WIDEVINE, asked.keyId(0));
    ExpectedSignaling.check(system, asked.keyId(0), "cbcs", asked.contentId());
  }

  private static SpekeText asked(String cpix, String scheme, String system) {
    return new SpekeText("movie", cpix, scheme, CONTRACT, List.of(system), true);
  }
}
