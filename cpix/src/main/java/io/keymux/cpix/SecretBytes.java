package io.keymux.cpix;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Key material. It never prints, compares in constant time, and can be wiped.
 *
 * <p>{@link #reveal} is called only in the packages that an architecture test lists.
 */
public final class SecretBytes {
  private final byte[] value;
  private boolean wiped;

  private SecretBytes(byte[] value) {
    this.value = value;
  }

  /**
   * Takes a copy; the caller should overwrite its own array.
   *
   * @param secret any length, also 0
   */
  public static SecretBytes copyOf(byte[] secret) {
    return new SecretBytes(secret.clone());
  }

  public int size() {
    return value.length;
  }

  /**
   * A fresh copy of the secret, which the caller must overwrite when done.
   *
   * @throws IllegalStateException if it was wiped
   */
  public byte[] reveal() {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped");
    }
    return value.clone();
  }

  /** Overwrites the secret; {@link #reveal} fails from then on. */
  public void wipe() {
    wiped = true;
    Arrays.fill(value, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(value, that.value);
  }

  /** Depends on the length only: a hash of the content would be a fingerprint of the key. */
  @Override
  public int hashCode() {
    return value.length;
  }

  @Override
  public String toString() {
    return "SecretBytes[" + value.length + " bytes]";
  }
}
