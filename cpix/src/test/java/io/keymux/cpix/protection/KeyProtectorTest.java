package io.keymux.cpix.protection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.TestCertificates;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.OfficialSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class KeyProtectorTest {
  private static final Credential[] RECIPIENTS =
      IntStream.rangeClosed(1, 4)
          .mapToObj(i -> TestCertificates.rsa2048("recipient " + i))
          .toArray(Credential[]::new);

  static Stream<Arguments> formsVersionsAndRecipients() {
    List<Arguments> cases = new ArrayList<>();
    for (MacKeyForm form : MacKeyForm.values()) {
      for (String version : List.of("2.3", "2.3.1", "2.4")) {
        for (int recipients = 1; recipients <= 4; recipients++) {
          cases.add(Arguments.of(form, version, recipients));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("formsVersionsAndRecipients")
  void protect_anyForm_isReadByEachRecipient(MacKeyForm form, String version, int recipients) {
    Credential[] some = Stream.of(RECIPIENTS).limit(recipients).toArray(Credential[]::new);
    Document document = Documents.protectedFor(form, version, some);
    String text = Documents.text(document);
    assertThat(text).doesNotContain("PlainValue");
    for (Credential recipient : some) {
      KeyDecryptor decryptor = Documents.decryptor(document, recipient);
      assertThat(Documents.read(document, decryptor)).isEqualTo(Documents.keys());
    }
    assertThat(text.contains("<cpix:DocumentKey Algorithm=")).isNotEqualTo(version.equals("2.4"));
  }

  @ParameterizedTest
  @MethodSource("formsVersionsAndRecipients")
  void protect_anyForm_isValidForTheOfficialSchema(
      MacKeyForm form, String version, int recipients) {
    Credential[] some = Stream.of(RECIPIENTS).limit(recipients).toArray(Credential[]::new);
    Document document = Documents.protectedFor(form, version, some);
    assertThat(OfficialSchemas.of(version).errors(Documents.text(document).getBytes(UTF_8)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ", false, KEY_WITH_CIPHER",
    "2.3, false, KEY_WITH_CIPHER",
    "2.3.1, false, KEY_WITH_CIPHER",
    "2.4, false, PSKC_MAC_KEY",
    ", true, KEY_WITH_VALUE",
    "2.3, true, KEY_WITH_VALUE",
    "2.4, true, KEY_WITH_VALUE"
  })
  void forProfile_eachKindOfDocument_isWhatItsReadersExpect(
      String version, boolean speke, MacKeyForm form) {
    assertThat(MacKeyForm.forProfile(version == null ? null : CpixVersion.of(version), speke))
        .isEqualTo(form);
  }

  @Test
  void protect_eachForm_writesTheMacKeyInIt() {
    assertThat(macMethod(MacKeyForm.PSKC_MAC_KEY))
        .matches("<pskc:MACKey><enc:EncryptionMethod [^>]*/><enc:CipherData>.*</pskc:MACKey>");
    assertThat(macMethod(MacKeyForm.KEY_WITH_CIPHER))
        .matches("<cpix:Key><enc:EncryptionMethod [^>]*/><enc:CipherData>.*</cpix:Key>");
    assertThat(macMethod(MacKeyForm.KEY_WITH_VALUE))
        .matches(
            "<cpix:Key><pskc:EncryptedValue><enc:EncryptionMethod.*</pskc:EncryptedValue>"
                + "<pskc:ValueMAC>[^<]{88}</pskc:ValueMAC></cpix:Key>");
  }

  private static String macMethod(MacKeyForm form) {
    String text = Documents.text(Documents.protectedFor(form, "2.3", RECIPIENTS[0]));
    assertThat(Pattern.compile("<pskc:ValueMAC>").matcher(text).results())
        .hasSize(form == MacKeyForm.KEY_WITH_VALUE ? 5 : 3);
    return text.replaceAll("(?s).*<cpix:MACMethod [^>]*>(.*)</cpix:MACMethod>.*", "$1");
  }

  @Test
  void protect_twice_makesFreshKeysAndIvs() {
    String first =
        Documents.text(Documents.protectedFor(MacKeyForm.PSKC_MAC_KEY, "2.4", RECIPIENTS[0]));
    String second =
        Documents.text(Documents.protectedFor(MacKeyForm.PSKC_MAC_KEY, "2.4", RECIPIENTS[0]));
    List<String> values = values(first);
    assertThat(values)
        .hasSize(8)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(values(second));
  }

  private static List<String> values(String text) {
    return Pattern.compile(">([A-Za-z0-9+/=]{60,})</(?!ds:)")
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void protect_keySets_haveADocumentKeyEach() {
    KeyId first = Documents.KEY_IDS.get(0);
    Document document = Documents.parse(Documents.clear("2.4"));
    Element root = document.getDocumentElement();
    Documents.protector(MacKeyForm.PSKC_MAC_KEY)
        .protect(root, Documents.certificates(RECIPIENTS[0]), List.of(Set.of(first)));
    assertThat(OfficialSchemas.of("2.4").errors(Documents.text(document).getBytes(UTF_8)))
        .isEmpty();
    Element delivery = CpixDom.entries(root, "DeliveryDataList", "DeliveryData").get(0);
    assertThat(CpixDom.children(delivery, "DocumentKey"))
        .extracting(key -> key.getAttribute("encryptsKey"))
        .isEqualTo(Documents.KEY_IDS.stream().map(KeyId::toString).toList());
    KeyDecryptor decryptor = Documents.decryptor(document, RECIPIENTS[0]);
    assertThat(Documents.read(document, decryptor)).isEqualTo(Documents.keys());
    RecipientKeys keys = Objects.requireNonNull(decryptor.keys(RECIPIENTS[0].certificate()));
    assertThat(keys.documentKey(Documents.KEY_IDS.get(1)))
        .isEqualTo(keys.documentKey(Documents.KEY_IDS.get(2)))
        .isNotEqualTo(keys.documentKey(first));
  }

  @Test
  void decryptInPlace_afterProtect_isTheOriginal() {
    for (MacKeyForm form : MacKeyForm.values()) {
      Document original = Documents.parse(Documents.clear("2.3"));
      Document document = Documents.protectedFor(form, "2.3", RECIPIENTS);
      Documents.decryptor(document, RECIPIENTS[3]).decryptInPlace();
      assertThat(Documents.text(document)).isEqualTo(Documents.text(original));
    }
  }
}
