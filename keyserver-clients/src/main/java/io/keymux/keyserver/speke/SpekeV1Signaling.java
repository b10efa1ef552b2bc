package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.GivenSignaling;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Signalling of a SPEKE v1 answer as MPDs and playlists need it. What a system has no use for is
 * left out, as the specification wants encryptors to.
 *
 * @see "AWS SPEKE API specification v1, DRM system elements"
 */
final class SpekeV1Signaling {
  private static final String FAIRPLAY_FORMAT = "com.apple.streamingkeydelivery";

  private SpekeV1Signaling() {}

  /**
   * @param element that {@code given} was read from
   * @return what was given and what follows from it; an element that was left empty is null
   * @throws DrmException if the key format of FairPlay or AES-128 is another, or a value cannot be
   *     read
   */
  static DrmSignaling of(DrmSignaling given, Element element, ProtectionScheme scheme) {
    DrmSystem system = given.system();
    Bytes pssh = given.pssh() == null || given.pssh().isEmpty() ? null : given.pssh();
    if (given.systemId().equals(DrmSystem.HLS_AES_128_V1)) {
      return aes128(given, element);
    }
    if (system == DrmSystem.FAIRPLAY) {
      return fairPlay(given, element);
    }
    if (pssh == null || (system != DrmSystem.WIDEVINE && system != DrmSystem.PLAYREADY)) {
      return bare(given, pssh);
    }
    return GivenSignaling.ofPssh(
        system, scheme, given.keyId(), pssh, filled(given.contentProtection()));
  }

  /** Under the identifier of today; some servers leave the key format empty. */
  private static DrmSignaling aes128(DrmSignaling given, Element element) {
    String format = own(element, "KeyFormat");
    if (format != null && !format.equals("identity")) {
      throw wrongFormat(element, "identity", "AES-128");
    }
    String uri = filled(given.details().uriExtXKey());
    return uri == null
        ? new DrmSignaling(
            DrmSystem.AES_128.systemId(), given.keyId(), null, null, null, null, null)
        : GivenSignaling.aes128(given.keyId(), uri);
  }

  private static DrmSignaling fairPlay(DrmSignaling given, Element element) {
    String uri = filled(given.details().uriExtXKey());
    if (uri == null) {
      return bare(given, null);
    }
    String format = own(element, "KeyFormat");
    if (format != null && !format.equals(FAIRPLAY_FORMAT)) {
      throw wrongFormat(element, FAIRPLAY_FORMAT, "FairPlay");
    }
    return GivenSignaling.fairPlay(given.keyId(), uri);
  }

  private static InvalidCpixException wrongFormat(Element element, String format, String system) {
    return new InvalidCpixException(
        "speke-v1-key-format",
        SafeXml.path(element) + "/speke:KeyFormat: not " + format + ".",
        "Ask the operator of the key server for " + system + " keys.");
  }

  private static DrmSignaling bare(DrmSignaling given, @Nullable Bytes pssh) {
    return new DrmSignaling(given.systemId(), given.keyId(), pssh, null, null, null, null);
  }

  private static @Nullable String own(Element system, String name) {
    for (Element child : CpixDom.children(system)) {
      if (SpekeV1.NAMESPACE.equals(child.getNamespaceURI()) && name.equals(child.getLocalName())) {
        return filled(decoded(child));
      }
    }
    return null;
  }

  private static String decoded(Element element) {
    try {
      String text = element.getTextContent().replaceAll("[ \t\r\n]", "");
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidCpixException(
          "cpix-invalid-base64",
          SafeXml.path(element) + ": the value is not base64.",
          "Write it in base64 with padding.");
    }
  }

  private static @Nullable String filled(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
