package io.keymux.cpix.xml;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads ContentKey elements: those with a value and those that ask for one. */
final class ContentKeyReader {
  private final BoundDocument document;
  private final Set<KeyId> keyIds = new LinkedHashSet<>();
  private final List<ContentKey> keys = new ArrayList<>();
  private final List<RequestedKey> requested = new ArrayList<>();

  ContentKeyReader(BoundDocument document) {
    this.document = document;
  }

  List<ContentKey> keys() {
    return keys;
  }

  List<RequestedKey> requested() {
    return requested;
  }

  void read(JaxbContentKey element) {
    Place place = document.place(element);
    KeyId keyId = Lexical.keyId(element.kid, place.attribute("kid"));
    if (!keyIds.add(keyId)) {
      throw place.invalid(
          "cpix-duplicate-kid",
          "KID " + keyId + " stands in an earlier ContentKey already.",
          "A KID names one key: remove the others.");
    }
    if (element.dependsOnKey != null) {
      throw place
          .attribute("dependsOnKey")
          .unsupported(
              "cpix-key-hierarchy-unsupported",
              "keys that depend on another key are not supported.",
              "Use keys without hierarchy.");
    }
    ProtectionScheme scheme = scheme(element, place);
    Bytes explicitIv = explicitIv(element, place);
    JaxbText plainValue = plainValue(element);
    if (plainValue == null) {
      requested.add(new RequestedKey(keyId, scheme, explicitIv));
      return;
    }
    byte[] value = Lexical.base64(plainValue.text, document.place(plainValue));
    try {
      requireSize(value.length, document.place(plainValue));
      keys.add(new ContentKey(keyId, SecretBytes.copyOf(value), scheme, explicitIv));
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /**
   * @throws io.keymux.cpix.InvalidCpixException if {@code keyId} is of no key of the document
   */
  void requireKnown(KeyId keyId, Place place) {
    if (!keyIds.contains(keyId)) {
      throw place.invalid(
          "cpix-unknown-kid",
          "no ContentKey has KID " + keyId + ".",
          "Add the key or correct the KID.");
    }
  }

  private static @Nullable ProtectionScheme scheme(JaxbContentKey element, Place place) {
    String fourCc = element.commonEncryptionScheme;
    if (fourCc == null) {
      return null;
    }
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      if (scheme.fourCc().equals(fourCc)) {
        return scheme;
      }
    }
    throw place
        .attribute("commonEncryptionScheme")
        .unsupported(
            "cpix-scheme-unsupported",
            "\"" + fourCc + "\" is not a scheme of Common Encryption.",
            "Use cenc, cbcs, cens or cbc1.");
  }

  private static @Nullable Bytes explicitIv(JaxbContentKey element, Place place) {
    if (element.explicitIV == null) {
      return null;
    }
    Place attribute = place.attribute("explicitIV");
    Bytes iv = Lexical.bytes(element.explicitIV, attribute);
    requireSize(iv.size(), attribute);
    return iv;
  }

  private @Nullable JaxbText plainValue(JaxbContentKey element) {
    JaxbContentKey.Data data = document.single(element.data);
    JaxbContentKey.Secret secret = data == null ? null : document.single(data.secrets);
    if (secret == null) {
      return null;
    }
    for (Element other : secret.others) {
      if ("EncryptedValue".equals(other.getLocalName())) {
        throw CpixReader.encrypted(document.place(secret) + "/" + other.getNodeName());
      }
    }
    JaxbText plainValue = document.single(secret.plainValues);
    if (plainValue == null) {
      throw document
          .place(secret)
          .invalid(
              "cpix-secret-without-value",
              "the element has no PlainValue.",
              "Add the value, or remove Data to ask for the key.");
    }
    return plainValue;
  }

  private static void requireSize(int size, Place place) {
    if (size != ContentKey.SIZE_BYTES) {
      throw place.invalid(
          "cpix-wrong-size",
          "the value has %d bytes, not %d.".formatted(size, ContentKey.SIZE_BYTES),
          "Ask whoever made the key for an AES-128 key.");
    }
  }
}
