package io.keymux.cpix.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.TestCertificates;
import io.keymux.cpix.xml.Resources;
import io.keymux.cpix.xml.SafeXml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** Edits leave alone what they do not mean. */
class InPlaceTest {
  private static final Credential MINE = TestCertificates.rsa2048("recipient 1");
  private static final String BASE64 = "[A-Za-z0-9+/=]+";

  private static final String ENCRYPTED =
      "<pskc:EncryptedValue xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\"><enc:EncryptionMethod"
          + " Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes256-cbc\"/><enc:CipherData>"
          + "<enc:CipherValue>B64</enc:CipherValue></enc:CipherData></pskc:EncryptedValue>"
          + "<pskc:ValueMAC>B64</pskc:ValueMAC>";

  private static String protect(String xml) {
    Document document = Documents.parse(xml);
    Documents.protector(MacKeyForm.KEY_WITH_CIPHER)
        .protect(document.getDocumentElement(), List.of(MINE.certificate()));
    return Documents.text(document);
  }

  /** What stands in a document, with values made equal. */
  private static String shape(String xml) {
    return xml.replaceAll(">" + BASE64 + "</", ">B64</");
  }

  @Test
  void protect_clearDocument_addsTheListAndReplacesValuesOnly() {
    String before = shape(Documents.text(Documents.parse(Documents.clear("2.3"))));
    String after = shape(protect(Documents.clear("2.3")));
    String list =
        after.substring(
            after.indexOf("<cpix:DeliveryDataList"),
            after.indexOf("</cpix:DeliveryDataList>") + "</cpix:DeliveryDataList>".length());
    assertThat(after.replace(list, ""))
        .isEqualTo(before.replace("<pskc:PlainValue>B64</pskc:PlainValue>", ENCRYPTED));
    assertThat(list)
        .startsWith(
            "<cpix:DeliveryDataList xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\""
                + " xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\"><cpix:DeliveryData>"
                + "<cpix:DeliveryKey><ds:X509Data><ds:X509Certificate>B64<");
    assertThat(after.indexOf(list)).isLessThan(after.indexOf("<cpix:ContentKeyList"));
  }

  /** CPIX as the default namespace, PSKC declared where it is used, other uses of our prefixes. */
  @Test
  void protect_unusualPrefixes_areFollowed() {
    String xml =
        """
        <CPIX xmlns="urn:dashif:org:cpix" xmlns:enc="urn:other" xmlns:ds="urn:another"\
        ><ContentKeyList><ContentKey kid="00000000-0000-4000-8000-000000000001"><Data>\
        <Secret xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><PlainValue>EREREREREREREREREREREQ==\
        </PlainValue></Secret></Data></ContentKey></ContentKeyList></CPIX>""";
    String after = shape(protect(xml));
    assertThat(after)
        .contains("<DeliveryDataList xmlns:ds1=", "<ds1:X509Certificate>")
        .contains("<pskc:Secret><pskc:EncryptedValue><enc1:EncryptionMethod")
        .contains("<EncryptedValue xmlns:enc1=\"http://www.w3.org/2001/04/xmlenc#\"><enc1:")
        .contains("<CPIX xmlns=\"urn:dashif:org:cpix\" xmlns:ds=\"urn:another\"")
        .doesNotContain("<cpix:", "<enc:", "<ds:");
    Document document = Documents.parse(protect(xml));
    assertThat(Documents.read(document, Documents.decryptor(document, MINE)))
        .containsExactly(Map.entry(Documents.KEY_IDS.get(0), Documents.key(1)));
  }

  @ParameterizedTest
  @CsvSource({"'', 2.3", "'<cpix:Description>who</cpix:Description>', 2.4"})
  void protect_recipientThatIntroducedItself_isCompleted(String after, String version) {
    String certificate = KeyDecryptor.der(MINE.certificate()).toBase64();
    String introduced =
        """
        <cpix:DeliveryData id="dd0">
           <cpix:DeliveryKey><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></cpix:DeliveryKey>%s
        </cpix:DeliveryData>"""
            .formatted(certificate.replaceAll("(.{64})", "$1\n"), after);
    String xml =
        Documents.clear(version)
            .replace(
                "  <!-- kept -->",
                "<cpix:DeliveryDataList xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
                    + introduced
                    + "</cpix:DeliveryDataList>");
    Document document = Documents.parse(xml);
    Documents.protector(MacKeyForm.KEY_WITH_VALUE)
        .protect(document.getDocumentElement(), List.of(MINE.certificate()));
    String text = Documents.text(document);
    int keys = text.indexOf("<cpix:DocumentKey");
    int end = text.indexOf("</cpix:MACMethod>") + "</cpix:MACMethod>".length();
    assertThat(text.substring(0, keys) + text.substring(end)).contains(introduced);
    assertThat(text.substring(0, keys)).endsWith("</cpix:DeliveryKey>");
    assertThat(Documents.read(document, Documents.decryptor(document, MINE)))
        .isEqualTo(Documents.keys());
  }

  @Test
  void decryptInPlace_thirdPartyDocument_leavesTheRestAlone() {
    String name = "aws-peer-pairs/05-encrypted-2048.response.xml";
    Document document = SafeXml.parse(Resources.vector(name));
    String before = Documents.text(document);
    ProtectionVectorTest.decryptor(document, "enc2048").decryptInPlace();
    String expected =
        before
            .replaceAll("(?s)<cpix:DeliveryDataList>.*</cpix:DeliveryDataList>", "")
            .replaceAll(
                "(?s)(00000001-1111[^>]*>\\s*<cpix:Data><pskc:Secret>).*?</pskc:Secret>",
                "$1<pskc:PlainValue>L0EyXfTIU8RpYjkkKBIWyw==</pskc:PlainValue></pskc:Secret>")
            .replaceAll(
                "(?s)(00000002-1111[^>]*>\\s*<cpix:Data><pskc:Secret>).*?</pskc:Secret>",
                "$1<pskc:PlainValue>TEru0nYNpk8TUNREv2Z4sg==</pskc:PlainValue></pskc:Secret>");
    assertThat(Documents.text(document)).isEqualTo(expected);
  }
}
