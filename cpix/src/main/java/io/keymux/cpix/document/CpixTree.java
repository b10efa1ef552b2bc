package io.keymux.cpix.document;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.cpix.xml.CpixWriter;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.cpix.xml.SecretReader;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

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

  /**
   * What a document with clear keys says. Signatures are not looked at.
   *
   * @throws io.keymux.cpix.DrmException as {@link #content(SecretReader)}, with {@link
   *     CpixReader#clearSecrets}
   */
  public CpixDocument content() {
    return content(CpixReader.clearSecrets(document));
  }

  /**
   * What the document says. Signatures are not looked at.
   *
   * @param secrets reads the keys of this document
   * @throws io.keymux.cpix.DrmException as {@link CpixReader#read(Document, SecretReader)}
   */
  public CpixDocument content(SecretReader secrets) {
    return CpixReader.read(document, secrets);
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
