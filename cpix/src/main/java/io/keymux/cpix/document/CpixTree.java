package io.keymux.cpix.document;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.protection.KeyDecryptor;
import io.keymux.cpix.protection.KeyProtector;
import io.keymux.cpix.protection.MacKeyForm;
import io.keymux.cpix.protection.ProtectionPolicy;
import io.keymux.cpix.signature.DocumentSigner;
import io.keymux.cpix.signature.SignatureReport;
import io.keymux.cpix.signature.SignatureRequirements;
import io.keymux.cpix.signature.SignatureVerifier;
import io.keymux.cpix.signature.SignedPart;
import io.keymux.cpix.signature.SigningOptions;
import io.keymux.cpix.signature.TrustAnchors;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.cpix.xml.CpixWriter;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.cpix.xml.SecretReader;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A CPIX document as it stands, to be changed in places. Whatever no change names stays as it was:
 * unknown elements and attributes, comments, white space, prefixes, and with them the signatures
 * over parts that no change touches.
 *
 * <p>Not safe for use by several threads.
 *
 * @see "DASH-IF Implementation Guidelines: CPIX"
 */
public final class CpixTree {
  private final Document document;
  private final DocumentOutline outline;

  /** What was read, as long as nothing was changed. */
  private byte @Nullable [] unchanged;

  private CpixTree(Document document, byte @Nullable [] unchanged) {
    this.document = document;
    this.outline = new DocumentOutline(document);
    this.unchanged = unchanged;
  }

  /**
   * @param xml at most 1 MiB, in any encoding that it declares
   * @throws io.keymux.cpix.xml.InvalidXmlException if it is no XML, or XML that is refused
   * @throws InvalidCpixException with code {@code cpix-wrong-root} if it is not CPIX
   */
  public static CpixTree read(byte[] xml) {
    Document document = SafeXml.parse(xml);
    CpixReader.requireCpix(document);
    return new CpixTree(document, xml.clone());
  }

  /**
   * A new document.
   *
   * @throws io.keymux.cpix.DrmException as {@link CpixWriter#write(CpixDocument, CpixVersion)}
   */
  public static CpixTree of(CpixDocument content, CpixVersion version) {
    return new CpixTree(CpixWriter.tree(content, version), null);
  }

  /**
   * The document in XML: the very bytes that were read if nothing was changed, else UTF-8.
   *
   * @return may hold keys, so the caller should overwrite it after use
   */
  public byte[] write() {
    return unchanged != null ? unchanged.clone() : SafeXml.serialize(document);
  }

  /** {@link #content(ReadingPolicy)} of a document with clear keys and without signatures. */
  public CpixDocument content() {
    return content(ReadingPolicy.PLAIN);
  }

  /**
   * What the document says. Signatures are verified before any key is decrypted, and for the very
   * elements that are then read.
   *
   * @throws io.keymux.cpix.DrmException with code {@code cpix-signature-unverified} if it is signed
   *     and the policy says nothing of signatures; as {@link
   *     io.keymux.cpix.signature.SignatureRequirements#enforce}, {@link KeyDecryptor#of} and {@link
   *     CpixReader#read(Document, SecretReader)}
   */
  public CpixDocument content(ReadingPolicy policy) {
    SignatureRequirements signatures = policy.signatures();
    if (signatures != null) {
      signatures.enforce(
          new SignatureVerifier(signatures.anchors(), Clock.systemUTC()).verify(document));
    } else {
      CpixReader.requireUnsigned(document);
    }
    if (policy.credentials().isEmpty()) {
      return CpixReader.read(document, CpixReader.clearSecrets(document));
    }
    try (KeyDecryptor decryptor =
        KeyDecryptor.of(outline.root(), policy.credentials(), policy.protection())) {
      return CpixReader.read(document, decryptor);
    }
  }

  /**
   * What the document says, without what is encrypted or signed being decrypted or verified: for
   * people who look into it, not for packaging.
   */
  public CpixDocument preview() {
    return CpixReader.read(document, CpixReader.readableSecrets(document));
  }

  /** The verdicts on its signatures. */
  public SignatureReport verify(TrustAnchors anchors) {
    return new SignatureVerifier(anchors, Clock.systemUTC()).verify(document);
  }

  /**
   * Encrypts all keys for {@code recipients} and for those whom the document names, with the form
   * of the MAC key that readers of its version expect.
   *
   * @throws io.keymux.cpix.DrmException as {@link KeyProtector#protect(Element, List)}; {@code
   *     cpix-signed-part} if a signature covers the keys or the recipients
   */
  public void encrypt(List<X509Certificate> recipients, ProtectionPolicy policy) {
    outline.requireUnsigned(CpixPart.CONTENT_KEYS);
    outline.requireUnsigned(CpixPart.DELIVERY_DATA);
    MacKeyForm form = MacKeyForm.forProfile(version(), false);
    new KeyProtector(form, policy, new SecureRandom()).protect(outline.root(), recipients);
    unchanged = null;
  }

  /**
   * Puts all keys in the clear and removes the recipients.
   *
   * @throws io.keymux.cpix.DrmException as {@link KeyDecryptor#decryptInPlace}; {@code
   *     cpix-signed-part} if a signature covers the keys or the recipients
   */
  public void decrypt(Credential credential, ProtectionPolicy policy) {
    outline.requireUnsigned(CpixPart.CONTENT_KEYS);
    outline.requireUnsigned(CpixPart.DELIVERY_DATA);
    try (KeyDecryptor decryptor = KeyDecryptor.of(outline.root(), List.of(credential), policy)) {
      decryptor.decryptInPlace();
    }
    unchanged = null;
  }

  /**
   * Signs parts of the document. Do this last.
   *
   * @throws io.keymux.cpix.DrmException as {@link DocumentSigner#sign}
   */
  public void sign(Credential credential, Set<SignedPart> parts) {
    new DocumentSigner(credential.privateKey(), credential.certificate(), SigningOptions.DEFAULT)
        .sign(document, parts);
    unchanged = null;
  }

  /** The version that the document names, or 2.3 if it names none that is known. */
  public CpixVersion version() {
    CpixVersion named = CpixVersion.of(outline.root().getAttribute("version"));
    return named == null ? CpixVersion.V2_3 : named;
  }

  /** Changes the document. */
  public CpixEditor edit() {
    return new CpixEditor(outline, version(), () -> unchanged = null);
  }
}
