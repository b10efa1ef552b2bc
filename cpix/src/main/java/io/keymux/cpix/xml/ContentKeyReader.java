package io.keymux.cpix.xml;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyDetails;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.SecretBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads ContentKey elements: those with a value and those that ask for one. */
final class ContentKeyReader {
  private final BoundDocument document;
  private final SecretReader secrets;
  private final Map<KeyId, JaxbContentKey> elements = new LinkedHashMap<>();
  private final List<ContentKey> keys = new ArrayList<>();
  private final List<RequestedKey> requested = new ArrayList<>();

  ContentKeyReader(BoundDocument document, SecretReader secrets) {
    this.document = document;
    this.secrets = secrets;
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
    if (elements.putIfAbsent(keyId, element) != null) {
      throw place.invalid(
          "cpix-duplicate-kid",
          "KID " + keyId + " stands in an earlier ContentKey already.",
          "A KID names one key: remove the others.");
    }
    KeyScheme scheme = KeyScheme.of(element.commonEncryptionScheme, place);
    Bytes explicitIv = explicitIv(element, place);
    KeyDetails details = details(element, place, scheme);
    SecretBytes value = value(keyId, element);
    if (value == null) {
      requested.add(new RequestedKey(keyId, scheme.scheme(), explicitIv, details));
    } else {
      keys.add(new ContentKey(keyId, value, scheme.scheme(), explicitIv, details));
    }
  }

  /**
   * @throws io.keymux.cpix.InvalidCpixException if {@code keyId} is of no key of the document
   */
  void requireKnown(KeyId keyId, Place place) {
    if (!elements.containsKey(keyId)) {
      throw place.invalid(
          "cpix-unknown-kid",
          "no ContentKey has KID " + keyId + ".",
          "Add the key or correct the KID.");
    }
  }

  /**
   * The root of a leaf may stand in another document, but it may not be a leaf itself.
   *
   * @throws io.keymux.cpix.InvalidCpixException with code {@code cpix-nested-hierarchy} if it is
   */
  void requireFlatHierarchy() {
    for (JaxbContentKey element : elements.values()) {
      if (element.dependsOnKey == null) {
        continue;
      }
      Place place = document.place(element).attribute("dependsOnKey");
      JaxbContentKey root = elements.get(Lexical.keyId(element.dependsOnKey, place));
      if (root != null && root.dependsOnKey != null) {
        throw place.invalid(
            "cpix-nested-hierarchy",
            "the root key depends on another key itself.",
            "Let every leaf key name a key that depends on none.");
      }
    }
  }

  private KeyDetails details(JaxbContentKey element, Place place, KeyScheme scheme) {
    KeyId root =
        element.dependsOnKey == null
            ? null
            : Lexical.keyId(element.dependsOnKey, place.attribute("dependsOnKey"));
    JaxbContentKey.Hdcp hdcp = document.single(element.hdcpData);
    JaxbText output = hdcp == null ? null : document.single(hdcp.outputProtections);
    boolean bare =
        root == null && element.contentId == null && scheme.hlsMethod() == null && hdcp == null;
    return bare
        ? KeyDetails.NONE
        : new KeyDetails(
            root,
            element.contentId,
            scheme.hlsMethod(),
            hdcp == null ? null : hdcp.level,
            output == null ? null : Lexical.base64Text(output.text, document.place(output)));
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

  private @Nullable SecretBytes value(KeyId keyId, JaxbContentKey element) {
    JaxbContentKey.Data data = document.single(element.data);
    JaxbContentKey.Secret secret = data == null ? null : document.single(data.secrets);
    if (secret == null) {
      return null;
    }
    SecretBytes value = secrets.read(keyId, (Element) document.node(secret));
    if (value != null) {
      requireSize(value.size(), document.place(secret));
    }
    return value;
  }

  private static void requireSize(int size, Place place) {
    if (size != ContentKey.SIZE_BYTES) {
      throw place.invalid(
          "cpix-wrong-size",
          "the value has %d bytes, not %d.".formatted(size, ContentKey.SIZE_BYTES),
          "Ask whoever made the key for an AES-128 key.");
    }
  }

  /**
   * What {@code commonEncryptionScheme} says: a scheme, or since 2.4 a method of HLS, which may
   * imply one.
   */
  private record KeyScheme(@Nullable ProtectionScheme scheme, @Nullable String hlsMethod) {

    static KeyScheme of(@Nullable String text, Place key) {
      if (text == null) {
        return new KeyScheme(null, null);
      }
      for (ProtectionScheme scheme : ProtectionScheme.values()) {
        if (scheme.fourCc().equals(text)) {
          return new KeyScheme(scheme, null);
        }
      }
      return switch (text) {
        case "SAMPLE-AES" -> new KeyScheme(ProtectionScheme.CBCS, text);
        case "SAMPLE-AES-CTR" -> new KeyScheme(ProtectionScheme.CENC, text);
        case "AES-128" -> new KeyScheme(null, text);
        default ->
            throw key.attribute("commonEncryptionScheme")
                .unsupported(
                    "cpix-scheme-unsupported",
                    "\"%s\" is not a scheme of Common Encryption or a method of HLS."
                        .formatted(Lexical.shortened(text)),
                    "Use cenc, cbcs, cens or cbc1.");
      };
    }
  }
}
