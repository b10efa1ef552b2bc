package io.keymux.api.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client of the API shows: {@code kmx_}, an id that is no secret, {@code _}, and 256 random
 * bits. So much randomness needs no slow hash.
 */
public final class ApiKeyToken {
  private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 13;
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile("kmx_([a-z2-7]{" + ID_LENGTH + "})_([A-Za-z0-9_-]{43})");

  private final String id;
  private final String secret;

  private ApiKeyToken(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  /** A new one. */
  public static ApiKeyToken generate(SecureRandom random) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new ApiKeyToken(
        id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Empty if the text has not the form of one. */
  public static Optional<ApiKeyToken> read(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ApiKeyToken(form.group(1), form.group(2)))
        : Optional.empty();
  }

  /** Whether a text may be an {@link #id}. */
  public static boolean isId(String text) {
    return text.matches("[a-z2-7]{" + ID_LENGTH + "}");
  }

  /** Which key it is; no secret. */
  public String id() {
    return id;
  }

  /** What is kept of it: the SHA-256 of the secret part, 64 lower-case hex digits. */
  public String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** As the client sends it: a secret. */
  public String text() {
    return "kmx_" + id + "_" + secret;
  }

  @Override
  public String toString() {
    return "ApiKeyToken[" + id + "]";
  }
}
