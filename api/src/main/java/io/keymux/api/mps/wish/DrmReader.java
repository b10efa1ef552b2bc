package io.keymux.api.mps.wish;

import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.secret.SecretText;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code DrmInfo}. Refused values are not quoted: a URL holds a ticket, a key is a key. */
final class DrmReader {
  private static final Set<String> SYSTEMS = Set.of("widevine", "playready", "fairplay");
  private static final String SIMPLE_AES = "simpleaes";
  private static final String HEX = "[0-9a-fA-F]{32}";

  private DrmReader() {}

  /**
   * @param info null if there is none
   * @throws MpsException if a field is missing, of another type, or cannot be used
   */
  static DrmWish read(@Nullable Fields info) {
    if (info == null) {
      return new DrmWish.Clear();
    }
    String type = info.requiredText("Type");
    if (type.equals(SIMPLE_AES)) {
      info.refuse("SpekeDrm", "does not go with the type simpleaes", "Give SimpleAesDrm.");
      return simpleAes(info.requiredObject("SimpleAesDrm"));
    }
    Set<String> systems = new TreeSet<>(List.of(type.split("\\+", -1)));
    if (!SYSTEMS.containsAll(systems)
        || type.chars().filter(c -> c == '+').count() + 1 > systems.size()) {
      throw MpsException.invalidValue(
          info.at("Type"),
          "is no type of DRM",
          "Use simpleaes, or widevine, playready and fairplay, joined with +.");
    }
    info.refuse("SimpleAesDrm", "goes with the type simpleaes only", "Give SpekeDrm.");
    return speke(info.requiredObject("SpekeDrm"), systems);
  }

  private static DrmWish simpleAes(Fields aes) {
    String uri = aes.requiredText("Uri");
    if (!uri.matches("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7e&&[^\"<>\\\\^`{|}]]{1,2000}")) {
      throw MpsException.invalidValue(
          aes.at("Uri"), "is no URI that a playlist can name", "Use an absolute URI.");
    }
    byte[] key = hex(aes, "Key", aes.requiredText("Key"));
    String vector = aes.text("Vector");
    Bytes iv = vector == null ? null : Bytes.copyOf(hex(aes, "Vector", vector));
    try {
      if (iv != null && Arrays.equals(iv.toArray(), key)) {
        throw MpsException.invalidValue(
            aes.at("Vector"), "is the key, and the vector is public", "Use another.");
      }
      return new DrmWish.SimpleAes(uri, SecretBytes.copyOf(key), iv);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static DrmWish speke(Fields speke, Set<String> systems) {
    String resource = speke.requiredText("ResourceId");
    if (!resource.matches("[A-Za-z0-9_-]{1,128}")) {
      throw MpsException.invalidValue(
          speke.at("ResourceId"),
          "is not 1 to 128 of A-Z, a-z, 0-9, _ and -",
          "Use such a name for the asset.");
    }
    String url = speke.requiredText("KeyServerUrl");
    URI uri = keyServer(speke, url);
    String vector = speke.text("Vector");
    String preset = speke.choice("EncryptionPreset", List.of("preset0", "preset1"));
    String method = speke.choice("EncryptionMethod", List.of("cenc", "cbcs"));
    if ("cenc".equals(method) && systems.contains("fairplay")) {
      throw MpsException.invalidValue(
          speke.at("EncryptionMethod"), "is cenc, which FairPlay never plays", "Use cbcs.");
    }
    String acquire = speke.choice("KeyAcquireMode", List.of("POST", "GET"));
    return new DrmWish.Speke(
        systems,
        resource,
        SecretText.of(url),
        uri.getHost(),
        Objects.requireNonNullElse(uri.getPath(), "").startsWith("/frontend/cpix/v1/"),
        vector == null ? null : Bytes.copyOf(hex(speke, "Vector", vector)),
        method,
        Objects.requireNonNullElse(preset, "preset0"),
        "GET".equals(acquire));
  }

  private static URI keyServer(Fields speke, String url) {
    try {
      URI uri = URI.create(url);
      boolean http =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, without the exception: it quotes the URL.
    }
    throw MpsException.invalidValue(
        speke.at("KeyServerUrl"), "is no URL of http or https with a host", "Correct it.");
  }

  private static byte[] hex(Fields fields, String name, String text) {
    if (!text.matches(HEX)) {
      throw MpsException.invalidValue(fields.at(name), "is not 32 hex digits", "Give 16 bytes.");
    }
    return HexFormat.of().parseHex(text);
  }
}
