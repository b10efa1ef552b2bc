package io.keymux.api.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A {@code ContentKey} of a request.
 *
 * @param scheme as it stands there; empty in version 1, which has none
 * @param iv what the request says it is, or null
 * @param needsIv whether the answer must have one: a FairPlay licence carries it beside the key
 */
record AskedKey(Element element, KeyId id, String scheme, @Nullable Bytes iv, boolean needsIv) {

  /**
   * @throws SpekeRefusal if the KID or the IV is none, or there is no scheme where one must be
   */
  static AskedKey of(SpekeVersion version, Element element) {
    String kid = element.getAttribute("kid").strip();
    if (!SpekeRequest.isKeyId(kid)) {
      throw new SpekeRefusal("Malformed ContentKey@kid");
    }
    Optional<String> scheme = CpixDom.attribute(element, "commonEncryptionScheme");
    if (version != SpekeVersion.V1 && scheme.isEmpty()) {
      throw new SpekeRefusal("Missing ContentKey@commonEncryptionScheme for KID " + kid);
    }
    Bytes iv = CpixDom.attribute(element, "explicitIV").map(AskedKey::iv).orElse(null);
    String stated = version == SpekeVersion.V1 ? "" : scheme.orElse("");
    return new AskedKey(element, KeyId.parse(kid), stated, iv, false);
  }

  AskedKey withIv() {
    return new AskedKey(element, id, scheme, iv, true);
  }

  private static Bytes iv(String base64) {
    try {
      byte[] iv = Base64.getDecoder().decode(base64);
      if (iv.length == ContentKey.SIZE_BYTES) {
        return Bytes.copyOf(iv);
      }
    } catch (IllegalArgumentException e) {
      // Answered below.
    }
    throw new SpekeRefusal("Malformed ContentKey@explicitIV");
  }
}
