package io.keymux.keyserver;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[LABEL][@PERIOD]=]KID:KEY[:IV]}. Errors never quote a part of it: whoever confuses
 * the order has the key where the KID should be.
 *
 * @param position from 1, for messages
 * @param label empty if none
 * @param period index of the key period that the key is for, 0 to 2^32 - 1; null for all
 * @param iv 8 or 16 bytes, or null
 */
record RawKey(
    int position,
    String label,
    @Nullable Long period,
    KeyId id,
    SecretBytes value,
    @Nullable Bytes iv) {
  private static final int SHORT_IV_BYTES = 8;
  private static final Pattern LABEL = Pattern.compile("[\\x21-\\x7e&&[^:=]]{1,128}");
  private static final Pattern PERIOD = Pattern.compile("(.*)@([0-9]{1,10})");
  private static final long LAST_PERIOD = 0xffff_ffffL;
  private static final Pattern KID =
      Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]*");

  static RawKey parse(int position, String spec) {
    int equals = spec.indexOf('=');
    String name = equals < 0 ? "" : spec.substring(0, equals);
    if (equals >= 0 && !LABEL.matcher(name).matches()) {
      throw invalid(position, "has an empty or malformed label before \"=\"");
    }
    Matcher numbered = PERIOD.matcher(name);
    String label = numbered.matches() ? numbered.group(1) : name;
    Long period = numbered.matches() ? Long.valueOf(numbered.group(2)) : null;
    if (period != null && period > LAST_PERIOD) {
      throw invalid(position, "has a key period above " + LAST_PERIOD);
    }
    List<String> parts = List.of(spec.substring(equals + 1).split(":", -1));
    if (parts.size() < 2 || parts.size() > 3) {
      throw invalid(position, "has %d parts between colons".formatted(parts.size()));
    }
    if (!KID.matcher(parts.get(0)).matches()) {
      throw invalid(
          position,
          "has a KID of %d characters that is neither 32 hex digits nor a UUID"
              .formatted(parts.get(0).length()));
    }
    requireHex(position, "key", parts.get(1));
    if (parts.get(1).length() != 2 * ContentKey.SIZE_BYTES) {
      throw invalid(
          position, "has a key of %d hex digits, not 32".formatted(parts.get(1).length()));
    }
    byte[] key = HexFormat.of().parseHex(parts.get(1));
    try {
      return new RawKey(
          position,
          label,
          period,
          KeyId.parse(parts.get(0)),
          SecretBytes.copyOf(key),
          parts.size() == 2 ? null : iv(position, parts.get(2), key));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The IV is written in clear into the media, so it must not be the key. */
  private static Bytes iv(int position, String hex, byte[] key) {
    requireHex(position, "IV", hex);
    if (hex.length() != 2 * SHORT_IV_BYTES && hex.length() != 2 * ContentKey.SIZE_BYTES) {
      throw invalid(position, "has an IV of %d hex digits, not 16 or 32".formatted(hex.length()));
    }
    Bytes iv = Bytes.ofHex(hex);
    if (Arrays.equals(iv.toArray(), key)) {
      throw invalid(position, "has its key as IV, and the IV is public");
    }
    return iv;
  }

  /** Whether it is for the key period of that index, or for keys that do not rotate if null. */
  boolean isFor(@Nullable Long index) {
    return period == null || period.equals(index);
  }

  /** Label and period as they were written: {@code SD@2}. */
  String name() {
    return period == null ? label : label + "@" + period;
  }

  boolean sameKeyAs(RawKey other) {
    return value.equals(other.value) && Objects.equals(iv, other.iv);
  }

  /**
   * @throws DrmException with code {@code invalid-raw-key} if the IV has 8 bytes and the scheme is
   *     AES-CBC, whose IV is a whole block; in counter mode the block counter fills up to 16
   */
  ContentKey toContentKey(ProtectionScheme scheme) {
    if (iv == null || iv.size() == ContentKey.SIZE_BYTES) {
      return new ContentKey(id, value, scheme, iv);
    }
    if (!scheme.counterMode()) {
      throw invalid(
          position, "has an IV of 16 hex digits, and %s needs 32".formatted(scheme.fourCc()));
    }
    byte[] padded = Arrays.copyOf(iv.toArray(), ContentKey.SIZE_BYTES);
    return new ContentKey(id, value, scheme, Bytes.copyOf(padded));
  }

  private static void requireHex(int position, String what, String text) {
    if (!HEX.matcher(text).matches()) {
      throw invalid(position, "has a character in its " + what + " that is no hex digit");
    }
  }

  private static DrmException invalid(int position, String what) {
    return new DrmException(
        DrmException.Blame.CALLER,
        "invalid-raw-key",
        "Key %d %s.".formatted(position, what),
        "Write it as [LABEL[@PERIOD]=]KID:KEY[:IV] with 32 hex digits for KID and KEY, and 16 or 32 for IV.");
  }
}
