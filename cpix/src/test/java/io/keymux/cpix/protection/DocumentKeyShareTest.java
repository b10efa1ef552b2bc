package io.keymux.cpix.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.TestCertificates;
import io.keymux.cpix.xml.CpixDom;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Since 2.4 a recipient may have several document keys, and need not get all of them. */
class DocumentKeyShareTest {
  private static final Credential FIRST = TestCertificates.rsa2048("recipient 1");
  private static final Credential SECOND = TestCertificates.rsa2048("recipient 2");

  /** The first key under a document key of its own, the others under another. */
  private static Document document() {
    Document document = Documents.parse(Documents.clear("2.4"));
    Documents.protector(MacKeyForm.PSKC_MAC_KEY)
        .protect(
            document.getDocumentElement(),
            Documents.certificates(FIRST, SECOND),
            List.of(Set.of(Documents.KEY_IDS.get(0))));
    return document;
  }

  private static List<Element> documentKeys(Document document, int recipient) {
    return CpixDom.children(
        CpixDom.entries(document.getDocumentElement(), "DeliveryDataList", "DeliveryData")
            .get(recipient),
        "DocumentKey");
  }

  private static void remove(Element element) {
    element.getParentNode().removeChild(element);
  }

  @Test
  void read_recipientsWithAShareEach_getTheirOwnAndAllTogether() {
    Document document = document();
    documentKeys(document, 0).subList(1, 3).forEach(DocumentKeyShareTest::remove);
    remove(documentKeys(document, 1).get(0));
    KeyDecryptor first = Documents.decryptor(document, FIRST);
    KeyDecryptor second = Documents.decryptor(document, SECOND);
    KeyDecryptor both = Documents.decryptor(document, FIRST, SECOND);
    for (int i = 0; i < 3; i++) {
      KeyId keyId = Documents.KEY_IDS.get(i);
      Element secret = Documents.secret(document, keyId);
      assertThat(first.read(keyId, secret)).isEqualTo(i == 0 ? Documents.key(1) : null);
      assertThat(second.read(keyId, secret)).isEqualTo(i == 0 ? null : Documents.key(i + 1));
      assertThat(both.read(keyId, secret)).isEqualTo(Documents.key(i + 1));
    }
    assertThat(both.recipients()).containsExactly(FIRST.certificate(), SECOND.certificate());
    String before = Documents.text(document);
    assertCode(first::decryptInPlace, "cpix-recipient-not-found");
    assertThat(Documents.text(document)).isEqualTo(before);
    both.decryptInPlace();
    assertThat(Documents.text(document))
        .isEqualTo(Documents.text(Documents.parse(Documents.clear("2.4"))));
  }

  @Test
  void read_listOfKidsInOneDocumentKey_isForEach() {
    Document document = document();
    List<Element> keys = documentKeys(document, 0);
    keys.get(1)
        .setAttribute(
            "encryptsKey", " " + Documents.KEY_IDS.get(1) + "\n " + Documents.KEY_IDS.get(2));
    remove(keys.get(2));
    assertThat(Documents.read(document, Documents.decryptor(document, FIRST)))
        .isEqualTo(Documents.keys());
  }

  @Test
  void of_kidUnderTwoDocumentKeys_isRefused() {
    Document document = document();
    documentKeys(document, 0)
        .get(1)
        .setAttribute("encryptsKey", Documents.KEY_IDS.get(0).toString());
    assertCode(() -> Documents.decryptor(document, FIRST), "cpix-duplicate-document-key");
  }

  @Test
  void protect_overlappingSets_isAProgrammingError() {
    Set<KeyId> set = Set.of(Documents.KEY_IDS.get(0));
    assertThatThrownBy(
            () ->
                Documents.protector(MacKeyForm.PSKC_MAC_KEY)
                    .protect(
                        Documents.parse(Documents.clear("2.4")).getDocumentElement(),
                        Documents.certificates(FIRST),
                        List.of(set, set)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertCode(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .asInstanceOf(type(DrmException.class))
        .extracting(DrmException::code)
        .isEqualTo(code);
  }
}
