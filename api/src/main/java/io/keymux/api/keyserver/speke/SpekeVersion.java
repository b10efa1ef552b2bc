package io.keymux.api.keyserver.speke;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * A version of SPEKE. Version 1 has no header, the later ones are named by {@code X-Speke-Version};
 * each of those goes with one version of CPIX.
 *
 * @see "SPEKE API specification v2, Standard payload components"
 */
enum SpekeVersion {
  V1("", ""),
  V2_0("2.0", "2.3"),
  V2_1("2.1", "2.4");

  private final String header;
  private final String cpix;

  SpekeVersion(String header, String cpix) {
    this.header = header;
    this.cpix = cpix;
  }

  /**
   * @param header the value of {@code X-Speke-Version}, or null if there is no such header
   * @throws SpekeRefusal if there is no version with this name
   */
  static SpekeVersion of(@Nullable String header) {
    if (header == null) {
      return V1;
    }
    return switch (header.strip()) {
      case "2.0" -> V2_0;
      case "2.1" -> V2_1;
      default -> throw new SpekeRefusal("Unsupported SPEKE version");
    };
  }

  /** The version of SPEKE 2 that goes with the document's version of CPIX; 2.0 if none does. */
  static SpekeVersion ofCpix(Document document) {
    String stated = document.getDocumentElement().getAttribute("version").strip();
    return stated.equals(V2_1.cpix) ? V2_1 : V2_0;
  }

  /** As in {@code X-Speke-Version}; empty for version 1. */
  String header() {
    return header;
  }

  /** What {@code CPIX@version} must be; empty for version 1, which has no such attribute. */
  String cpix() {
    return cpix;
  }
}
