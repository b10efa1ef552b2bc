package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Content keys by themselves.
 *
 * @see "DASH-IF CPIX, ContentKey"
 */
final class KeyCheck implements Check {
  private static final int AES_128_BYTES = 16;
  private static final int AES_256_BYTES = 32;
  private static final Set<String> SCHEMES = Set.of("cenc", "cens", "cbc1", "cbcs");
  private static final Set<String> HLS_METHODS = Set.of("AES-128", "SAMPLE-AES", "SAMPLE-AES-CTR");

  @Override
  public void run(DocumentView tree, Report report) {
    Set<KeyId> seen = new HashSet<>();
    for (Element key : tree.keys()) {
      KeyId keyId = DocumentView.id(key, "kid");
      if (keyId != null && !seen.add(keyId)) {
        report.at(
            key,
            "kid",
            CpixRule.DUPLICATE_KID,
            "KID " + keyId + " is of an earlier ContentKey already.",
            "A KID names one key: remove the others.");
      }
      if (key.hasAttribute("contentId") && tree.root().hasAttribute("contentId")) {
        report.at(
            key,
            "contentId",
            CpixRule.CONTENT_ID_TWICE,
            "The content id stands at CPIX as well.",
            "Leave it at one of the two.");
      }
      scheme(key, tree, report);
      value(key, tree, report);
    }
  }

  private static void scheme(Element key, DocumentView tree, Report report) {
    String scheme = key.getAttribute("commonEncryptionScheme");
    boolean methods = tree.version().isAtLeast(CpixVersion.V2_4);
    boolean judged = scheme.length() == 4 || tree.version().isAtLeast(CpixVersion.V2_3_1);
    if (key.hasAttribute("commonEncryptionScheme")
        && judged
        && !SCHEMES.contains(scheme)
        && !(methods && HLS_METHODS.contains(scheme))) {
      report.at(
          key,
          "commonEncryptionScheme",
          CpixRule.UNKNOWN_SCHEME,
          "\"" + Quoted.shortened(scheme) + "\" is no scheme that this version of CPIX names.",
          methods
              ? "Use cenc, cens, cbc1, cbcs, AES-128, SAMPLE-AES or SAMPLE-AES-CTR."
              : "Use cenc, cens, cbc1 or cbcs.");
    }
  }

  private static void value(Element key, DocumentView tree, Report report) {
    byte[] iv = key.hasAttribute("explicitIV") ? iv(key.getAttribute("explicitIV"), tree) : null;
    if (iv != null && iv.length != AES_128_BYTES) {
      report.at(
          key,
          "explicitIV",
          CpixRule.EXPLICIT_IV_SIZE,
          "The IV has " + iv.length + " bytes, not 16.",
          "Write all 16 bytes, an IV of 8 with zeros behind it.");
    }
    for (Element data : CpixDom.children(key, "Data")) {
      if (DocumentView.pskc(data, "Secret").isEmpty()) {
        report.at(
            data,
            CpixRule.DATA_WITHOUT_SECRET,
            "The element brings no key.",
            "Add a Secret, or remove Data to ask for the key.");
      }
    }
    for (Element secret : DocumentView.secrets(key)) {
      for (Element plain : DocumentView.pskc(secret, "PlainValue")) {
        byte[] value = tree.bytes(plain.getTextContent());
        if (value != null) {
          plainValue(key, plain, value, iv, report);
          Base64Text.wipe(value);
        }
      }
    }
    Base64Text.wipe(iv);
  }

  /** A UUID is read by nobody, so its length is not judged. */
  private static byte @Nullable [] iv(String text, DocumentView tree) {
    return UuidText.parse(text) != null && Base64Text.decode(text) == null
        ? null
        : tree.bytes(text);
  }

  private static void plainValue(
      Element key, Element plain, byte[] value, byte @Nullable [] iv, Report report) {
    if (value.length == AES_256_BYTES) {
      report.at(
          plain,
          CpixRule.KEY_OF_32_BYTES,
          "The key has 32 bytes; Common Encryption uses keys of 16.",
          "Make sure that whoever reads it takes AES-256.");
    } else if (value.length != AES_128_BYTES) {
      report.at(
          plain,
          CpixRule.KEY_SIZE,
          "The key has " + value.length + " bytes, not 16.",
          "Ask whoever made the key for an AES-128 key.");
    }
    if (iv != null && MessageDigest.isEqual(iv, value)) {
      report.at(
          key,
          "explicitIV",
          CpixRule.EXPLICIT_IV_IS_KEY,
          "The IV is the key itself, and IVs are public.",
          "Replace the key, and make the IV independent of it.");
    }
  }
}
