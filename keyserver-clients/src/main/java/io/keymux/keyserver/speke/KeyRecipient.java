package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.protection.KeyDecryptor;
import io.keymux.cpix.protection.ProtectionPolicy;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.cpix.xml.SafeXml;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Whom a key server gives keys to: anyone, in the clear, or the owner of a certificate.
 *
 * @param credential of the owner, or null for keys in the clear
 */
record KeyRecipient(@Nullable Credential credential) {

  /** What a request says about the recipient. */
  List<DeliveryData> deliveryData() {
    return credential == null ? List.of() : List.of(DeliveryData.of("keymux", der(credential)));
  }

  /**
   * Reads an answer.
   *
   * @param then what else is taken from the tree
   * @throws io.keymux.cpix.DrmException with code {@code key-not-encrypted} if a key is in the
   *     clear although encryption was asked for; or as {@link CpixReader} and {@link KeyDecryptor}
   */
  CpixDocument read(Document tree, BiFunction<CpixDocument, Document, CpixDocument> then) {
    if (credential == null) {
      return then.apply(CpixReader.read(tree, CpixReader.clearSecrets(tree)), tree);
    }
    try (KeyDecryptor decryptor =
        KeyDecryptor.of(tree.getDocumentElement(), List.of(credential), ProtectionPolicy.SPEKE)) {
      return then.apply(
          CpixReader.read(tree, (id, secret) -> decrypt(decryptor, id, secret)), tree);
    }
  }

  private static @Nullable SecretBytes decrypt(KeyDecryptor decryptor, KeyId id, Element secret) {
    boolean encrypted =
        CpixDom.children(secret).stream()
            .anyMatch(child -> "EncryptedValue".equals(child.getLocalName()));
    if (!encrypted) {
      throw new InvalidCpixException(
          "key-not-encrypted",
          SafeXml.path(secret) + ": the key is in the clear, but was asked for encrypted.",
          "Ask the operator of the key server, or do without encryption.");
    }
    return decryptor.read(id, secret);
  }

  private static Bytes der(Credential credential) {
    try {
      return Bytes.copyOf(credential.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was parsed has no encoding", e);
    }
  }
}
