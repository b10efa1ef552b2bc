package io.keymux.cpix;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An immutable, comparable run of public bytes. Secrets go into {@link SecretBytes}. */
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  public static Bytes copyOf(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /**
   * @param hex an even number of hex digits, any case
   * @throws IllegalArgumentException if it is not
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  public static Bytes empty() {
    return EMPTY;
  }

  public int size() {
    return value.length;
  }

  public boolean isEmpty() {
    return value.length == 0;
  }

  /** A fresh copy. */
  public byte[] toArray() {
    return value.clone();
  }

  /** Lower case, no separators. */
  public String toHex() {
    return HexFormat.of().formatHex(value);
  }

  /** Standard alphabet with padding, no line breaks. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
