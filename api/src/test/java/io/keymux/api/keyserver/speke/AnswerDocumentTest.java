package io.keymux.api.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** What of a v2 request stays, goes and comes, in documents that are written in other ways. */
class AnswerDocumentTest {
  private static final KeyId KID = KeyId.parse("0f083e4e-b831-4a3d-917e-ce78076e54aa");
  private static final String REQUEST =
      """
      <CPIX xmlns="urn:dashif:org:cpix" contentId="a/b &amp; c" name="n" version="2.3"><ContentKeyList id="l">\
      <ContentKey id="k" kid="0F083E4E-B831-4A3D-917E-CE78076E54AA" commonEncryptionScheme="cbcs"/></ContentKeyList>\
      <DRMSystemList><DRMSystem kid="0f083e4e-b831-4a3d-917e-ce78076e54aa" systemId="SYSTEM"><PSSH/>\
      </DRMSystem></DRMSystemList><ContentKeyUsageRuleList>\
      <ContentKeyUsageRule kid="0f083e4e-b831-4a3d-917e-ce78076e54aa" intendedTrackType="VIDEO"><VideoFilter/>\
      </ContentKeyUsageRule></ContentKeyUsageRuleList><UpdateHistoryItemList/><!-- last --></CPIX>"""
          .replace("SYSTEM", SpekeText.WIDEVINE);

  @TempDir static Path folder;
  private static SpekeServer server;

  @BeforeAll
  static void start() {
    server = SpekeServer.in(folder);
  }

  @Test
  void answer_defaultNamespace_getsPrefixedPskcOnTheRoot() {
    Answer answer = answer(REQUEST);
    assertThat(answer.text())
        .containsPattern("<CPIX [^>]*xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\"")
        .contains("<Data><pskc:Secret><pskc:PlainValue>")
        .contains("kid=\"0F083E4E-B831-4A3D-917E-CE78076E54AA\"")
        .contains("<!-- last -->")
        .contains("<UpdateHistoryItemList/>");
    assertThat(answer.root().getAttribute("contentId")).isEqualTo("a/b & c");
    assertThat(answer.root().getAttribute("name")).isEqualTo("n");
    assertThat(answer.key(KID).getAttribute("id")).isEqualTo("k");
  }

  @Test
  void answer_pskcPrefixTaken_usesAnother() {
    Answer answer = answer(REQUEST.replace("name=\"n\"", "xmlns:pskc=\"urn:else\""));
    assertThat(answer.text()).contains("xmlns:pskc=\"urn:else\"");
    assertThat(Answer.value(answer.key(KID)).size()).isEqualTo(16);
  }

  @Test
  void answer_onlyWhatWasAsked_isAdded() {
    Element system = answer(REQUEST).system(SpekeText.WIDEVINE, KID);
    assertThat(CpixDom.children(system)).extracting(Element::getLocalName).containsExactly("PSSH");
    Element bare = answer(REQUEST.replace("<PSSH/>", "")).system(SpekeText.WIDEVINE, KID);
    assertThat(CpixDom.children(bare)).isEmpty();
  }

  @Test
  void answer_leftoversOfV1_areGone() {
    String request =
        REQUEST
            .replace("name=\"n\"", "xmlns:speke=\"urn:aws:amazon:com:speke\"")
            .replace("<PSSH/>", "<PSSH/><speke:KeyFormat/><speke:KeyFormatVersions/>");
    assertThat(answer(request).text()).doesNotContain("speke");
    String local =
        REQUEST.replace("<PSSH/>", "<PSSH/><x:KeyFormat xmlns:x=\"urn:aws:amazon:com:speke\"/>");
    assertThat(answer(local).text()).doesNotContain("speke");
  }

  @Test
  void answer_foreignChild_stays() {
    String request = REQUEST.replace("<PSSH/>", "<PSSH/><x:y xmlns:x=\"urn:x\">z</x:y>");
    assertThat(answer(request).text()).contains("<x:y xmlns:x=\"urn:x\">z</x:y>");
  }

  @Test
  void answer_valueInTheRequest_isReplaced() {
    String request =
        REQUEST.replace(
            "commonEncryptionScheme=\"cbcs\"/>",
            "commonEncryptionScheme=\"cbcs\"><Data><Secret"
                + " xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\"><PlainValue>"
                + "AAAAAAAAAAAAAAAAAAAAAA==</PlainValue></Secret></Data></ContentKey>");
    Answer answer = answer(request);
    assertThat(answer.text()).doesNotContain("AAAAAAAAAAAAAAAAAAAAAA==");
    assertThat(Answer.value(answer.key(KID))).isEqualTo(Answer.value(answer(REQUEST).key(KID)));
  }

  @Test
  void answer_whatIsNotSupported_isRefused() {
    assertThat(
            server.refusal(
                SpekeVersion.V2_0,
                REQUEST.replace(
                    "<!-- last -->", "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>")))
        .isEqualTo("Signed documents are not supported");
    assertThat(server.refusal(SpekeVersion.V2_0, "<a/>"))
        .isEqualTo("The body is not a CPIX document");
    assertThat(server.refusal(SpekeVersion.V2_0, REQUEST.replace("a/b &amp; c", "a&#10;b")))
        .isEqualTo("Unsupported CPIX@contentId");
    assertThat(
            server.refusal(SpekeVersion.V2_0, REQUEST.replace("id=\"k\"", "explicitIV=\"AAAA\"")))
        .isEqualTo("Malformed ContentKey@explicitIV");
    assertThat(
            server.refusal(
                SpekeVersion.V2_0,
                REQUEST.replaceAll("(<ContentKey .*?/>)(</ContentKeyList>)", "$1$1$2")))
        .isEqualTo("Repeated ContentKey@kid");
  }

  private static Answer answer(String request) {
    return server.answer(SpekeVersion.V2_0, request);
  }
}
