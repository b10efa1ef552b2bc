package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.cpix.xml.XmlLimits;
import io.keymux.keyserver.answer.ReaderFault;
import io.keymux.keyserver.http.KeyExchangeException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/** Reads CPIX as vendors write it: with elements of their own, and URIs that are not in base64. */
public final class VendorReader {
  /** The size is bounded before, where the answer is received. */
  static final XmlLimits LIMITS = new XmlLimits(Integer.MAX_VALUE, 64, 10_000, 128, 256);

  private static final int BEGINNING_BYTES = 512;

  private final String host;
  private final KeyRecipient recipient;

  VendorReader(String host, KeyRecipient recipient) {
    this.host = host;
    this.recipient = recipient;
  }

  /**
   * @param host of the key server, for messages
   * @param credential whom the keys are encrypted for, or null for keys in the clear
   */
  public VendorReader(String host, @Nullable Credential credential) {
    this(host, new KeyRecipient(credential));
  }

  /**
   * @param body not changed
   * @param request whose track types a message may name
   * @throws KeyExchangeException with code {@code key-response-invalid} if it cannot be read as
   *     CPIX, or its keys are not for the recipient
   */
  public CpixDocument read(byte[] body, KeyRequest request) {
    Document tree;
    try {
      tree = SafeXml.parse(body, LIMITS);
    } catch (DrmException e) {
      throw invalid(otherFormat(body) + ReaderFault.describe(e));
    }
    try {
      VendorTree.tidy(tree);
      return recipient.read(tree, (document, same) -> document);
    } catch (DrmException e) {
      throw invalid(
          otherFormat(body) + ReaderFault.describe(e) + VendorTree.keyAt(tree, e, request));
    }
  }

  /** Login pages and error objects come with HTTP 200 too. */
  private static String otherFormat(byte[] body) {
    int length = Math.min(body.length, BEGINNING_BYTES);
    String start =
        new String(body, 0, length, StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
    if (start.startsWith("{") || start.startsWith("[")) {
      return "it is JSON: ";
    }
    return start.startsWith("<!doctype html") || start.contains("<html") ? "it is HTML: " : "";
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
