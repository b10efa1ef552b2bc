package io.keymux.cpix;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key identifier (KID). Its sixteen bytes are big-endian everywhere but in PlayReady, which
 * stores them as a little-endian GUID ({@link #toGuidBytes}).
 *
 * @see "ISO/IEC 23001-7, default_KID"
 */
public record KeyId(UUID uuid) implements Comparable<KeyId> {
  public static final int SIZE_BYTES = 16;

  private static final Pattern DASHED =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern PLAIN = Pattern.compile("[0-9a-f]{32}");

  /**
   * Reads the dashed form or 32 hex digits, in any case.
   *
   * @throws DrmException with code {@code invalid-kid} for anything else
   */
  public static KeyId parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (DASHED.matcher(lower).matches()) {
      return new KeyId(UUID.fromString(lower));
    }
    if (PLAIN.matcher(lower).matches()) {
      return new KeyId(
          new UUID(
              Long.parseUnsignedLong(lower.substring(0, 16), 16),
              Long.parseUnsignedLong(lower.substring(16), 16)));
    }
    throw new DrmException(
        DrmException.Blame.CALLER,
        "invalid-kid",
        "\"" + (text.length() > 64 ? text.substring(0, 64) + "…" : text) + "\" is not a KID.",
        "Write it as a UUID or as 32 hex digits.");
  }

  /**
   * @param bytes {@value #SIZE_BYTES} bytes, big-endian
   */
  public static KeyId ofBytes(byte[] bytes) {
    if (bytes.length != SIZE_BYTES) {
      throw new IllegalArgumentException("a KID has 16 bytes, got " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new KeyId(new UUID(buffer.getLong(), buffer.getLong()));
  }

  /** {@value #SIZE_BYTES} bytes, big-endian: the order of tenc, seig, pssh and Widevine. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(SIZE_BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** The little-endian GUID order of PlayReady: bytes 0-3, 4-5 and 6-7 reversed, 8-15 kept. */
  public byte[] toGuidBytes() {
    byte[] b = toBytes();
    return new byte[] {
      b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
      b[15]
    };
  }

  /** 32 lower-case hex digits. */
  public String toHex() {
    return Bytes.copyOf(toBytes()).toHex();
  }

  /** Unsigned order of the sixteen bytes. */
  @Override
  public int compareTo(KeyId other) {
    int high =
        Long.compareUnsigned(uuid.getMostSignificantBits(), other.uuid.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            uuid.getLeastSignificantBits(), other.uuid.getLeastSignificantBits());
  }

  // Written out, as every start asks for it and a record's own is linked at run time.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyId id && id.uuid.equals(uuid);
  }

  @Override
  public int hashCode() {
    return uuid.hashCode();
  }

  /** The dashed form in lower case, as in cenc:default_KID. */
  @Override
  public String toString() {
    return uuid.toString();
  }
}
