package io.keymux.api.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.KeyId;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How a secret may be written. Of each spelling there are all parts of a certain length: also half
 * a secret is one too many. Letter case does not count, as the search does not look at it.
 */
final class Spellings {
  /** Bytes of a part: fewer may stand anywhere by chance. */
  static final int PART = 8;

  private final Map<String, byte[]> parts = new LinkedHashMap<>();

  private Spellings() {}

  /**
   * Of bytes that nobody reads: keys and seeds.
   *
   * @return what to look for, by the name of the spelling
   */
  static Map<String, byte[]> ofBytes(byte[] secret) {
    Spellings all = new Spellings();
    all.binary("", secret);
    if (secret.length == KeyId.SIZE_BYTES) {
      KeyId id = KeyId.ofBytes(secret);
      byte[] guid = id.toGuidBytes();
      all.binary("reversed GUID ", guid);
      all.put("UUID", id.toString());
      all.put("reversed GUID UUID", KeyId.ofBytes(guid).toString());
    }
    return all.parts;
  }

  /** Of text that people or programs write: passwords, tickets and tokens. */
  static Map<String, byte[]> ofText(String secret) {
    Spellings all = new Spellings();
    byte[] utf8 = secret.getBytes(UTF_8);
    all.binary("", utf8);
    all.windows("text in ISO 8859-1", secret.getBytes(ISO_8859_1));
    String form = URLEncoder.encode(secret, UTF_8);
    all.put("form", form);
    all.put("percent", form.replace("+", "%20").replace("*", "%2A"));
    all.put("percent of each byte", "%" + HexFormat.ofDelimiter("%").formatHex(utf8));
    all.put("JSON", json(secret));
    all.put("XML", xml(secret));
    return all.parts;
  }

  private void binary(String prefix, byte[] secret) {
    windows(prefix + "bytes", secret);
    parts(
        prefix + "hex",
        secret.length,
        at -> HexFormat.of().formatHex(secret, at, at + PART).getBytes(ISO_8859_1));
    put(prefix + "hex with colons", HexFormat.ofDelimiter(":").formatHex(secret));
    put(prefix + "hex with blanks", HexFormat.ofDelimiter(" ").formatHex(secret));
    String numbers = Arrays.toString(secret);
    put(prefix + "numbers", numbers.substring(1, numbers.length() - 1));
    for (int before = 0; before < 3; before++) {
      int alignment = before;
      String name = prefix + "base64 behind %d bytes".formatted(before);
      parts(name, secret.length, at -> base64(Base64.getEncoder(), secret, at, alignment));
      parts(
          name + ", for URLs",
          secret.length,
          at -> base64(Base64.getUrlEncoder(), secret, at, alignment));
    }
  }

  /** The characters that depend on this part of the secret alone. */
  private static byte[] base64(Base64.Encoder encoder, byte[] secret, int at, int before) {
    byte[] shifted = new byte[before + PART];
    System.arraycopy(secret, at, shifted, before, PART);
    byte[] encoded = encoder.encode(shifted);
    return Arrays.copyOfRange(encoded, (8 * before + 5) / 6, 8 * shifted.length / 6);
  }

  private void windows(String name, byte[] secret) {
    parts(name, secret.length, at -> Arrays.copyOfRange(secret, at, at + PART));
  }

  private void parts(String name, int length, IntFunction<byte[]> part) {
    for (int at = 0; at + PART <= length; at++) {
      parts.put(name + " from " + at, part.apply(at));
    }
  }

  private void put(String name, String text) {
    parts.put(name, text.getBytes(UTF_8));
  }

  static String json(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c > 0x7e) {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
