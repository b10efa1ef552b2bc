package io.keymux.cpix.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.TestCertificates;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** One damaged byte in one value: a typed error for what depends on it, and nothing else. */
class DamageTest {
  private static final Credential MINE = TestCertificates.rsa2048("recipient 1");

  @TestFactory
  Stream<DynamicTest> read_oneDamagedByte_isTheTypedError() {
    List<DynamicTest> tests = new ArrayList<>();
    for (MacKeyForm form : MacKeyForm.values()) {
      Document whole = Documents.protectedFor(form, "2.3", MINE);
      for (String name : List.of("CipherValue", "ValueMAC")) {
        NodeList values = values(whole, name);
        for (int i = 0; i < values.getLength(); i++) {
          int index = i;
          tests.add(
              DynamicTest.dynamicTest(
                  form + " " + SafeXml.path(values.item(i)),
                  () -> assertDamageIsSeen(Documents.text(whole), form, name, index)));
        }
      }
    }
    assertThat(tests).hasSize(3 * (5 + 3) + 2);
    return tests.stream();
  }

  private static void assertDamageIsSeen(String xml, MacKeyForm form, String name, int index) {
    int size = decoded((Element) values(Documents.parse(xml), name).item(index)).length;
    for (int at : new int[] {0, size / 3, size / 2, size - 17, size - 16, size - 1}) {
      Document document = Documents.parse(xml);
      Element value = (Element) values(document, name).item(index);
      String path = SafeXml.path(value);
      // AWS's form has a MAC over the document key too, and it is checked first.
      boolean underMac =
          name.equals("ValueMAC")
              || (form == MacKeyForm.KEY_WITH_VALUE && path.contains("DocumentKey"));
      byte[] bytes = decoded(value);
      bytes[at] ^= 1;
      value.setTextContent(Base64.getEncoder().encodeToString(bytes));
      if (path.contains("ContentKeyList")) {
        assertOnlyItsKeyIsRefused(document, value);
      } else {
        assertCode(
            () -> Documents.decryptor(document, MINE),
            underMac ? "cpix-mac-invalid" : "cpix-key-decryption-failed");
      }
    }
  }

  private static void assertOnlyItsKeyIsRefused(Document document, Element damaged) {
    try (KeyDecryptor decryptor = Documents.decryptor(document, MINE)) {
      for (KeyId keyId : Documents.KEY_IDS) {
        Element secret = Documents.secret(document, keyId);
        if (SafeXml.path(damaged).startsWith(SafeXml.path(secret))) {
          assertCode(() -> decryptor.read(keyId, secret), "cpix-mac-invalid");
        } else {
          assertThat(decryptor.read(keyId, secret)).isEqualTo(Documents.keys().get(keyId));
        }
      }
      assertCode(decryptor::decryptInPlace, "cpix-mac-invalid");
    }
  }

  /** Without MACs damage reaches the cipher, and every failure of it has the same words. */
  @ParameterizedTest
  @EnumSource(Damage.class)
  void read_damageBehindTheMac_isOneGenericError(Damage variant) {
    Document document = Documents.protectedFor(MacKeyForm.KEY_WITH_CIPHER, "2.3", MINE);
    KeyId keyId = Documents.KEY_IDS.get(0);
    Element secret = Documents.secret(document, keyId);
    secret.removeChild(secret.getElementsByTagNameNS(CpixNames.PSKC, "ValueMAC").item(0));
    Element value =
        (Element) secret.getElementsByTagNameNS(CpixNames.XMLENC, "CipherValue").item(0);
    byte[] bytes = variant.damage(decoded(value));
    value.setTextContent(Base64.getEncoder().encodeToString(bytes));
    KeyDecryptor decryptor =
        KeyDecryptor.of(
            document.getDocumentElement(),
            List.of(MINE),
            ProtectionPolicy.SPEKE.acceptingMissingMac());
    assertThatThrownBy(() -> decryptor.read(keyId, secret))
        .hasNoCause()
        .hasMessage(
            "/cpix:CPIX/cpix:ContentKeyList/cpix:ContentKey[1]/cpix:Data/pskc:Secret: the value"
                + " cannot be decrypted. Check that it was encrypted for this certificate, and get"
                + " the document anew.");
  }

  enum Damage {
    WRONG_PADDING,
    NOT_WHOLE_BLOCKS,
    IV_ONLY,
    EMPTY,
    TRUNCATED;

    byte[] damage(byte[] value) {
      return switch (this) {
        case WRONG_PADDING -> {
          value[31] ^= 1;
          yield value;
        }
        case NOT_WHOLE_BLOCKS -> Arrays.copyOf(value, 47);
        case IV_ONLY -> Arrays.copyOf(value, 16);
        case EMPTY -> new byte[0];
        // What is left is 0x11 in every byte: 17 bytes of padding in 16.
        case TRUNCATED -> Arrays.copyOf(value, 32);
      };
    }
  }

  private static NodeList values(Document document, String name) {
    return document.getElementsByTagNameNS(
        name.equals("ValueMAC") ? CpixNames.PSKC : CpixNames.XMLENC, name);
  }

  private static byte[] decoded(Element value) {
    return Base64.getDecoder().decode(value.getTextContent());
  }

  private static void assertCode(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .hasNoCause()
        .isInstanceOf(ProtectionException.class)
        .extracting(thrown -> ((ProtectionException) thrown).code())
        .isEqualTo(code);
  }
}
