package io.keymux.cpix.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.TestCertificates;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** Documents and wishes that are refused, each a good one with one change. */
class RefusalTest {
  private static final Credential MINE = TestCertificates.rsa2048("recipient 1");
  private static final Credential OTHER = TestCertificates.rsa2048("recipient 2");
  private static final String GOOD =
      Documents.text(Documents.protectedFor(MacKeyForm.KEY_WITH_CIPHER, "2.3", MINE));
  private static final String VALUE = "(?s)<pskc:EncryptedValue.*?</pskc:EncryptedValue>";

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasNoCause()
        .asInstanceOf(type(DrmException.class))
        .extracting(DrmException::code)
        .isEqualTo(code);
  }

  private static String changed(String xml, String pattern, String replacement) {
    String changed = xml.replaceFirst(pattern, replacement);
    assertThat(changed).isNotEqualTo(xml);
    return changed;
  }

  private static void readAll(String xml, ProtectionPolicy policy) {
    Document document = Documents.parse(xml);
    Documents.read(document, KeyDecryptor.of(document.getDocumentElement(), List.of(MINE), policy));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpix-recipient-not-found | <ds:X509Certificate>M | <ds:X509Certificate>X",
        "cpix-recipient-not-found | <ds:X509Certificate>M | <ds:X509Certificate>!",
        "cpix-duplicate-recipient | (?s)(<cpix:DeliveryData>.*</cpix:DeliveryData>) | $1$1",
        "cpix-document-key-missing | (?s)<cpix:DocumentKey.*</cpix:DocumentKey> | ''",
        "cpix-missing-attribute | (?s)(<cpix:DocumentKey.*</cpix:DocumentKey>) | $1$1",
        "cpix-mac-missing | (?s)<cpix:MACMethod.*</cpix:MACMethod> | ''",
        "cpix-mac-missing | (?s)<cpix:Key>.*</cpix:Key> | ''",
        "cpix-algorithm-unsupported | #hmac-sha512 | #hmac-sha256",
        "cpix-algorithm-unsupported | #rsa-oaep-mgf1p | #rsa-1_5",
        "cpix-algorithm-unsupported | enc#aes256-cbc\"/> | enc#aes128-cbc\"/>",
        "cpix-algorithm-unsupported | <enc:EncryptionMethod [^>]*/> | ''",
        "cpix-algorithm-unsupported | p\"/> |"
            + " p\"><ds:DigestMethod Algorithm=\"urn:x\"/></enc:EncryptionMethod>",
        "cpix-algorithm-unsupported | p\"/> |"
            + " p\"><enc:OAEPparams>MA==</enc:OAEPparams></enc:EncryptionMethod>",
        "cpix-secret-without-value | <enc:CipherValue>[^<]*</enc:CipherValue> | ''",
        "cpix-secret-without-value | (?s)<pskc:EncryptedValue.*?</pskc:EncryptedValue> | ''",
        "cpix-secret-without-value | (?s)<cpix:Data>.*?</cpix:Data> | ''",
        "cpix-several-values | (?s)(<pskc:EncryptedValue.*?</pskc:EncryptedValue>) | $1$1",
        "cpix-several-values | </pskc:EncryptedValue> |"
            + " </pskc:EncryptedValue><pskc:PlainValue>MA==</pskc:PlainValue>",
        "cpix-several-values | </cpix:Key> | </cpix:Key><pskc:MACKey/>",
        "cpix-several-values | </cpix:Key> | <pskc:EncryptedValue/></cpix:Key>",
        "cpix-repeated-element | </cpix:MACMethod> | </cpix:MACMethod><cpix:MACMethod/>",
        "cpix-repeated-element | (<pskc:ValueMAC>.*?</pskc:ValueMAC>) | $1$1",
        "cpix-invalid-base64 | <enc:CipherValue>.. | <enc:CipherValue>",
        "cpix-invalid-base64 | <pskc:ValueMAC>.. | <pskc:ValueMAC>",
        "cpix-invalid-kid | <cpix:DocumentKey | <cpix:DocumentKey encryptsKey=\"none\""
      })
  void read_documentWithOneFault_isRefused(String code, String pattern, String replacement) {
    String xml = changed(GOOD, pattern, replacement);
    assertRefused(code, () -> readAll(xml, ProtectionPolicy.SPEKE));
  }

  /** The same in a content key, where the document and MAC keys are fine. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpix-several-values | </pskc:EncryptedValue> |"
            + " </pskc:EncryptedValue><pskc:PlainValue>MA==</pskc:PlainValue>",
        "cpix-algorithm-unsupported | enc#aes256-cbc\"/> | enc#rsa-oaep-mgf1p\"/>",
        "cpix-key-decryption-failed | enc#aes256-cbc\"/> | enc#kw-aes128\"/>",
        "cpix-mac-missing | (?s)<pskc:ValueMAC>.*?</pskc:ValueMAC> | ''",
        "cpix-mac-invalid | <pskc:ValueMAC>[^<]*< | <pskc:ValueMAC><",
        "cpix-clear-key-beside-encrypted |"
            + " (?s)<pskc:EncryptedValue.*?</pskc:EncryptedValue> |"
            + " <pskc:PlainValue>EREREREREREREREREREREQ==</pskc:PlainValue>"
      })
  void read_contentKeyWithOneFault_isRefused(String code, String pattern, String replacement) {
    int keys = GOOD.indexOf("<cpix:ContentKeyList");
    String xml = GOOD.substring(0, keys) + changed(GOOD.substring(keys), pattern, replacement);
    assertRefused(code, () -> readAll(xml, ProtectionPolicy.SPEKE));
  }

  @Test
  void read_switchOfPolicy_acceptsWhatItNames() {
    String clear =
        changed(
            GOOD.substring(GOOD.indexOf("<cpix:ContentKeyList")),
            VALUE,
            "<pskc:PlainValue>EREREREREREREREREREREQ==</pskc:PlainValue>");
    String beside = GOOD.substring(0, GOOD.indexOf("<cpix:ContentKeyList")) + clear;
    assertReads(beside, ProtectionPolicy.SPEKE.acceptingClearBesideEncrypted());
    String macs = "(?s)<pskc:ValueMAC>.*?</pskc:ValueMAC>";
    assertReads(GOOD.replaceAll(macs, ""), ProtectionPolicy.SPEKE.acceptingMissingMac());
    String methods = GOOD.replaceFirst("(?s)<cpix:MACMethod.*</cpix:MACMethod>", "");
    assertReads(methods, ProtectionPolicy.SPEKE.acceptingMissingMac());
    // A MAC that is there is checked all the same.
    assertRefused(
        "cpix-mac-invalid",
        () ->
            readAll(
                changed(GOOD, "<pskc:ValueMAC>[^<]*<", "<pskc:ValueMAC><"),
                ProtectionPolicy.SPEKE.acceptingMissingMac()));
  }

  private static void assertReads(String xml, ProtectionPolicy policy) {
    Document document = Documents.parse(xml);
    KeyDecryptor decryptor = KeyDecryptor.of(document.getDocumentElement(), List.of(MINE), policy);
    assertThat(Documents.read(document, decryptor)).isEqualTo(Documents.keys());
  }

  @Test
  void protect_wishThatCannotBe_isRefusedAndChangesNothing() {
    KeyId unknown = KeyId.parse("00000000-0000-4000-8000-00000000000f");
    String clear = Documents.clear("2.4");
    assertUnchanged("cpix-already-encrypted", GOOD, List.of(OTHER), List.of());
    String leftover =
        GOOD.replaceAll(
            "(?s)<cpix:ContentKeyList.*</cpix:ContentKeyList>",
            Matcher.quoteReplacement(
                clear.substring(
                    clear.indexOf("<cpix:ContentKeyList"), clear.indexOf("</cpix:CPIX"))));
    assertUnchanged("cpix-already-encrypted", leftover, List.of(OTHER), List.of());
    assertUnchanged("cpix-no-recipient", clear, List.of(), List.of());
    assertUnchanged(
        "cpix-nothing-to-encrypt",
        clear.replaceAll("(?s)<cpix:Data>.*?</cpix:Data>", ""),
        List.of(MINE),
        List.of());
    assertUnchanged(
        "cpix-key-sets-unsupported",
        Documents.clear("2.3"),
        List.of(MINE),
        List.of(Set.of(Documents.KEY_IDS.get(0))));
    assertUnchanged("cpix-unknown-kid", clear, List.of(MINE), List.of(Set.of(unknown)));
    assertUnchanged(
        "cpix-wrong-size", clear.replaceFirst("ERER[^<]*", "EREREQ=="), List.of(MINE), List.of());
    assertUnchanged(
        "cpix-invalid-base64", clear.replaceFirst("ERER[^<]*", "E"), List.of(MINE), List.of());
  }

  private static void assertUnchanged(
      String code, String xml, List<Credential> recipients, List<Set<KeyId>> keySets) {
    Document document = Documents.parse(xml);
    String before = Documents.text(document);
    assertRefused(
        code,
        () ->
            Documents.protector(MacKeyForm.PSKC_MAC_KEY)
                .protect(
                    document.getDocumentElement(),
                    recipients.stream().map(Credential::certificate).toList(),
                    keySets));
    assertThat(Documents.text(document)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "2048, SHA256withRSA, false, true",
    "3072, SHA256withRSA, true, true",
    "3072, SHA1withRSA, false, false",
    "1024, SHA256withRSA, false, false"
  })
  void policy_presets_judgeKeySizeAndSignature(
      int bits, String algorithm, boolean cpix, boolean speke) {
    Credential credential = TestCertificates.rsa("judged", bits, algorithm);
    assertJudged(credential, ProtectionPolicy.CPIX, cpix);
    assertJudged(credential, ProtectionPolicy.SPEKE, speke);
    boolean longEnough = bits >= 2048;
    assertJudged(credential, ProtectionPolicy.SPEKE.acceptingSha1Certificates(), longEnough);
  }

  /** Both directions hold to it. */
  private static void assertJudged(
      Credential credential, ProtectionPolicy policy, boolean accepted) {
    KeyProtector protector = new KeyProtector(MacKeyForm.PSKC_MAC_KEY, policy, new SecureRandom());
    ThrowingCallable write =
        () ->
            protector.protect(
                Documents.parse(Documents.clear("2.4")).getDocumentElement(),
                List.of(credential.certificate()));
    Document encrypted = Documents.parse(Documents.clear("2.4"));
    ProtectionPolicy lax = new ProtectionPolicy(512, true, false, false, false);
    new KeyProtector(MacKeyForm.PSKC_MAC_KEY, lax, new SecureRandom())
        .protect(encrypted.getDocumentElement(), List.of(credential.certificate()));
    ThrowingCallable read =
        () -> KeyDecryptor.of(encrypted.getDocumentElement(), List.of(credential), policy);
    if (accepted) {
      assertThatCode(write).doesNotThrowAnyException();
      assertThatCode(read).doesNotThrowAnyException();
    } else {
      assertRefused("cpix-weak-certificate", write);
      assertRefused("cpix-weak-certificate", read);
    }
  }
}
