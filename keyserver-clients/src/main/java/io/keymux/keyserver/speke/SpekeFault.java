package io.keymux.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.CpixDocument;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The error texts that SPEKE v2 fixes. Only these are ever repeated from an answer: any other text
 * may hold a key.
 *
 * @see "AWS SPEKE v2.0, Standard payload components: error handling"
 */
final class SpekeFault {
  private static final int LONGEST_BYTES = 200;
  private static final Set<String> FIXED =
      Set.of(
          "Missing CPIX@contentId",
          "Missing CPIX@version",
          "Unsupported CPIX@version",
          "Non compliant ContentKey@commonEncryptionScheme combination",
          "Unsupported SPEKE version",
          "Malformed encryption contract",
          "Requested CPIX encryption contract not supported",
          "Missing CPIX encryption contract");

  private SpekeFault() {}

  /**
   * @param asked the request: the two texts that name a KID or a DRM system must name one of its
   *     own
   * @return the text as SPEKE writes it, or null if the body is anything else
   */
  static @Nullable String of(byte[] body, CpixDocument asked) {
    if (body.length > LONGEST_BYTES) {
      return null;
    }
    String text = new String(body, UTF_8).trim();
    return texts(asked).stream().filter(text::equalsIgnoreCase).findFirst().orElse(null);
  }

  private static Set<String> texts(CpixDocument asked) {
    Set<String> texts = new LinkedHashSet<>(FIXED);
    asked
        .requestedKeys()
        .forEach(key -> texts.add("Missing ContentKey@commonEncryptionScheme for KID " + key.id()));
    asked
        .drmSystems()
        .forEach(
            system ->
                texts.add(
                    "ContentKey@commonEncryptionScheme non compatible with DRMSystem "
                        + system.systemId()));
    return texts;
  }
}
