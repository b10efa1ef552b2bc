package io.keymux.keyserver;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.answer.KeyAssignment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys without a key server: everything is derived from one seed, so nothing has to be stored and
 * the same asset always gets the same keys.
 *
 * <pre>
 * prk = HKDF-Extract(salt "keymux-seed-v1", seed)
 * KID = HKDF-Expand(prk, "kid" + contentId + trackType [+ index], 16), marked as UUID version 8
 * key = HKDF-Expand(prk, "key" + KID, 16)
 * IV  = HKDF-Expand(prk, "iv" + KID, 16)
 * </pre>
 *
 * (parts are length-prefixed; the index is that of the key period, 8 bytes, and only there if keys
 * rotate). A key depends on its KID alone, so that a licence request, which names nothing else, can
 * be answered. The IV is public and has a label of its own: it tells nothing about the key.
 */
public final class SeedKeys implements KeyExchange {
  public static final int SEED_BYTES = 32;

  private static final byte[] SALT = "keymux-seed-v1".getBytes(StandardCharsets.US_ASCII);

  private final SecretBytes pseudorandomKey;

  private SeedKeys(SecretBytes pseudorandomKey) {
    this.pseudorandomKey = pseudorandomKey;
  }

  /**
   * @param seed {@value #SEED_BYTES} random bytes; whoever has them has every key. Not kept: it may
   *     be wiped afterwards
   * @throws IllegalArgumentException for any other length
   */
  public static SeedKeys of(SecretBytes seed) {
    if (seed.size() != SEED_BYTES) {
      throw new IllegalArgumentException(
          "a seed has " + SEED_BYTES + " bytes, this one has " + seed.size());
    }
    byte[] secret = seed.reveal();
    byte[] extracted = Hkdf.extract(SALT, secret);
    try {
      return new SeedKeys(SecretBytes.copyOf(extracted));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(extracted, (byte) 0);
    }
  }

  /** The KID of one asset and track type whose keys do not rotate. */
  public KeyId keyId(String contentId, String trackType) {
    return keyId(contentId, trackType, null);
  }

  /**
   * The KID of one asset, track type and key period: stable, and different for all others.
   *
   * @param trackType {@code ALL}, {@code SD}, {@code AUDIO}, ... or any other name
   * @param periodIndex of the key period, or null if keys do not rotate
   */
  public KeyId keyId(String contentId, String trackType, @Nullable Long periodIndex) {
    byte[] content = contentId.getBytes(StandardCharsets.UTF_8);
    byte[] type = trackType.getBytes(StandardCharsets.UTF_8);
    byte[] id =
        periodIndex == null
            ? derive("kid", content, type)
            : derive(
                "kid", content, type, ByteBuffer.allocate(Long.BYTES).putLong(periodIndex).array());
    id[6] = (byte) ((id[6] & 0x0f) | 0x80);
    id[8] = (byte) ((id[8] & 0x3f) | 0x80);
    return KeyId.ofBytes(id);
  }

  /** The key of any KID, also of one that {@link #keyId} did not make. */
  public SecretBytes keyFor(KeyId id) {
    byte[] key = derive("key", id.toBytes());
    try {
      return SecretBytes.copyOf(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The constant IV that goes with the key of {@code id}, 16 bytes. */
  public Bytes ivFor(KeyId id) {
    return Bytes.copyOf(derive("iv", id.toBytes()));
  }

  /**
   * The key of any KID as CPIX gives it.
   *
   * <p>Only the CBC schemes get an IV: in counter mode one IV for all tracks of a key would repeat
   * the key stream, so there the packager chooses.
   */
  public ContentKey contentKey(KeyId id, ProtectionScheme scheme) {
    return new ContentKey(id, keyFor(id), scheme, scheme.counterMode() ? null : ivFor(id));
  }

  /**
   * Derives all keys; rules that share a KID in the request share a key. The KIDs of the request
   * are replaced by {@link #keyId}; a constant IV of the request is taken over.
   */
  @Override
  public CpixDocument exchange(KeyRequest request) {
    Map<KeyId, String> trackTypes =
        request.rules().stream()
            .collect(
                Collectors.groupingBy(
                    UsageRule::keyId,
                    LinkedHashMap::new,
                    Collectors.mapping(UsageRule::intendedTrackType, Collectors.joining("+"))));
    KeyPeriod period = request.keyPeriod();
    Long index = period == null ? null : period.index();
    Map<KeyId, ContentKey> keys = new LinkedHashMap<>();
    trackTypes.forEach(
        (asked, trackType) ->
            keys.put(
                asked,
                wanted(
                    contentKey(keyId(request.contentId(), trackType, index), request.scheme()),
                    request.constantIv())));
    return new KeyAssignment(keys).answer(request);
  }

  private static ContentKey wanted(ContentKey key, @Nullable Bytes iv) {
    return iv == null ? key : new ContentKey(key.id(), key.value(), key.scheme(), iv);
  }

  /**
   * Keys of the same seed that have nothing in common with these, nor with those of another name.
   * They are those of {@code prk' = HKDF-Expand(prk, "apart" + name, 32)}.
   */
  public SeedKeys apart(String name) {
    byte[] other = derive(SEED_BYTES, "apart", name.getBytes(StandardCharsets.UTF_8));
    try {
      return new SeedKeys(SecretBytes.copyOf(other));
    } finally {
      Arrays.fill(other, (byte) 0);
    }
  }

  private byte[] derive(String label, byte[]... context) {
    return derive(KeyId.SIZE_BYTES, label, context);
  }

  private byte[] derive(int size, String label, byte[]... context) {
    byte[] prk = pseudorandomKey.reveal();
    try {
      return Hkdf.expand(prk, info(label, context), size);
    } finally {
      Arrays.fill(prk, (byte) 0);
    }
  }

  /** Length-prefixed parts: ("ab", "c") and ("a", "bc") must not give the same bytes. */
  private static byte[] info(String label, byte[]... context) {
    byte[] name = label.getBytes(StandardCharsets.US_ASCII);
    int size = 4 + name.length;
    for (byte[] part : context) {
      size += 4 + part.length;
    }
    ByteBuffer info = ByteBuffer.allocate(size).putInt(name.length).put(name);
    for (byte[] part : context) {
      info.putInt(part.length).put(part);
    }
    return info.array();
  }
}
