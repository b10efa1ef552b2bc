package io.keymux.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an asset's own report says of how it was made, as far as there is one.
 *
 * @param contentId that of the report, else the name of the asset's folder
 * @param keyRule null if it is not known
 */
record AssetReport(String contentId, @Nullable KeyRule keyRule) {
  private static final long LIMIT_BYTES = 16 << 20;

  /**
   * @param asset a folder, or a manifest in it
   */
  static AssetReport beside(Path asset) {
    Path absolute = asset.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    Path folder = Files.isDirectory(absolute) || parent == null ? absolute : parent;
    Path name = folder.getFileName();
    String usual = name == null ? "content" : name.toString().replaceAll("[^A-Za-z0-9_-]", "_");
    Path file = folder.resolve("keymux-report.json");
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= LIMIT_BYTES) {
        JsonNode report = Json.mapper().readTree(file.toFile());
        String rule = report.path("keyRule").asText("");
        return new AssetReport(
            report.path("contentId").asText(usual), rule.isEmpty() ? null : KeyRule.ofId(rule));
      }
    } catch (IOException | DrmException e) {
      // No report of ours, or one of another version: it is only asked for defaults.
    }
    return new AssetReport(usual, null);
  }
}
