package io.keymux.keyserver.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hashes of HTTP Digest that are spoken here, the stronger ones last. */
enum DigestAlgorithm {
  MD5("MD5", false),
  MD5_SESS("MD5", true),
  SHA_256("SHA-256", false),
  SHA_256_SESS("SHA-256", true);

  private final String hash;

  /** Whether the password's hash is mixed with the nonces. */
  private final boolean session;

  DigestAlgorithm(String hash, boolean session) {
    this.hash = hash;
    this.session = session;
  }

  /**
   * @param name as in a challenge; MD5 if it is empty
   */
  static Optional<DigestAlgorithm> of(String name) {
    String asked = name.isEmpty() ? "MD5" : name.toUpperCase(Locale.ROOT);
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.name().replace('_', '-').equals(asked)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  boolean session() {
    return session;
  }

  boolean strongerThan(DigestAlgorithm other) {
    return hash.compareTo(other.hash) > 0;
  }

  /** In lower-case hex. */
  String hex(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + hash, e);
    }
  }
}
