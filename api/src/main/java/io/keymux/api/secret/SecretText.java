package io.keymux.api.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * Secrets as texts, for what takes nothing else: JSON that is about to be encrypted, a driver, the
 * SDK of a storage. A text cannot be overwritten: use it at once and keep no reference.
 *
 * <p>An architecture test lists who may ask for one.
 */
public final class SecretText {
  private SecretText() {}

  /** The secret of a text, in UTF-8. */
  public static SecretBytes of(String text) {
    return taken(text.getBytes(UTF_8));
  }

  /**
   * The secret of a text in Base64.
   *
   * @throws IllegalArgumentException if it is not Base64
   */
  public static SecretBytes ofBase64(String text) {
    return taken(Base64.getDecoder().decode(text));
  }

  /**
   * The secret of a text of hex digits.
   *
   * @throws IllegalArgumentException if it has another character, or an odd number of them
   */
  public static SecretBytes ofHex(String text) {
    return taken(HexFormat.of().parseHex(text));
  }

  /** The text of a secret that is one, in UTF-8. */
  public static String utf8(SecretBytes secret) {
    return read(secret, bytes -> new String(bytes, UTF_8));
  }

  /** Any secret, in Base64 with padding. */
  public static String base64(SecretBytes secret) {
    return read(secret, Base64.getEncoder()::encodeToString);
  }

  private static SecretBytes taken(byte[] bytes) {
    try {
      return SecretBytes.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static String read(SecretBytes secret, Function<byte[], String> reader) {
    byte[] bytes = secret.reveal();
    try {
      return reader.apply(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
