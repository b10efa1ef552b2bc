package io.keymux.cpix.xml;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Reads the values of the content keys of one document.
 *
 * <p>Whether a value in the clear may stand where it stands, and whether an encrypted one can be
 * decrypted, is decided here and nowhere else.
 */
public interface SecretReader {

  /**
   * @param secret the {@code pskc:Secret} of a {@code ContentKey}
   * @return the value, or null if the document's reader has to do without it
   * @throws io.keymux.cpix.DrmException if the value cannot be read, or may not be used
   */
  @Nullable SecretBytes read(KeyId keyId, Element secret);
}
