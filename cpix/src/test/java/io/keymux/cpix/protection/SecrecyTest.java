package io.keymux.cpix.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.TestCertificates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** No printed form and no message shows a key; what was unwrapped is wiped. */
class SecrecyTest {
  private static final Credential MINE = TestCertificates.rsa2048("recipient 1");

  @Test
  void toString_everythingAtHand_showsNoKey() {
    Document document = Documents.protectedFor(MacKeyForm.KEY_WITH_VALUE, "2.3", MINE);
    KeyDecryptor decryptor = Documents.decryptor(document, MINE);
    RecipientKeys keys = Objects.requireNonNull(decryptor.keys(MINE.certificate()));
    FreshKeys fresh = new FreshKeys(1, new SecureRandom());
    List<String> texts = new ArrayList<>();
    for (Object object : new Object[] {MINE, decryptor, keys, fresh, ProtectionPolicy.CPIX}) {
      texts.add(object.toString());
    }
    KeySecret.all(document.getDocumentElement()).forEach(key -> texts.add(key.toString()));
    assertThat(String.join("\n", texts)).doesNotContainIgnoringCase(secrets(keys));
  }

  @Test
  void message_clearKeyThatIsRefused_isNotQuoted() {
    for (String wrong : List.of("ERERERERERERERERERERER==", "EREREREREREREREREREREQ")) {
      Document document =
          Documents.parse(Documents.clear("2.3").replaceFirst("EREREREREREREREREREREQ==", wrong));
      assertThatThrownBy(
              () ->
                  Documents.protector(MacKeyForm.KEY_WITH_VALUE)
                      .protect(document.getDocumentElement(), Documents.certificates(MINE)))
          .satisfies(thrown -> assertThat(trace(thrown)).doesNotContain("ERERERER"));
    }
  }

  @Test
  void close_decryptor_wipesWhatWasUnwrapped() {
    Document document = Documents.protectedFor(MacKeyForm.KEY_WITH_VALUE, "2.3", MINE);
    KeyDecryptor decryptor = Documents.decryptor(document, MINE);
    RecipientKeys keys = Objects.requireNonNull(decryptor.keys(MINE.certificate()));
    decryptor.close();
    for (SecretBytes key : Arrays.asList(keys.common(), keys.macKey())) {
      assertThat(key).isEqualTo(SecretBytes.copyOf(new byte[key.size()]));
    }
    KeyId keyId = Documents.KEY_IDS.get(0);
    Element secret = Documents.secret(document, keyId);
    assertThatThrownBy(() -> decryptor.read(keyId, secret))
        .isInstanceOf(IllegalStateException.class);
  }

  private static String[] secrets(RecipientKeys keys) {
    List<SecretBytes> secrets = new ArrayList<>(Documents.keys().values());
    secrets.addAll(Arrays.asList(keys.common(), keys.macKey()));
    List<String> texts = new ArrayList<>();
    for (SecretBytes secret : secrets) {
      Bytes bytes = Bytes.copyOf(secret.reveal());
      texts.addAll(List.of(bytes.toHex(), bytes.toBase64()));
    }
    BigInteger exponent = ((RSAPrivateKey) MINE.privateKey()).getPrivateExponent();
    texts.addAll(List.of(exponent.toString(), exponent.toString(16)));
    return texts.toArray(String[]::new);
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
