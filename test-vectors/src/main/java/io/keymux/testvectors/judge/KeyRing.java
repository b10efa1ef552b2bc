package io.keymux.testvectors.judge;

import io.keymux.cpix.KeyId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Public test keys by KID, in hex. Never give it a key that anybody must not see. */
public final class KeyRing {
  private final Map<KeyId, String> keys;

  private KeyRing(Map<KeyId, String> keys) {
    this.keys = Map.copyOf(keys);
  }

  public static KeyRing empty() {
    return new KeyRing(Map.of());
  }

  /**
   * A ring with one more key.
   *
   * @param keyId dashed or 32 hex digits
   * @param key 32 hex digits
   */
  public KeyRing with(String keyId, String key) {
    Map<KeyId, String> more = new HashMap<>(keys);
    more.put(KeyId.parse(keyId), key);
    return new KeyRing(more);
  }

  /** The same KIDs, every key with its lowest bit flipped. */
  public KeyRing wrong() {
    Map<KeyId, String> flipped = new HashMap<>();
    keys.forEach(
        (keyId, hex) -> {
          byte[] key = HexFormat.of().parseHex(hex);
          key[key.length - 1] ^= 1;
          flipped.put(keyId, HexFormat.of().formatHex(key));
        });
    return new KeyRing(flipped);
  }

  /** Key in hex by KID. */
  public Map<KeyId, String> toMap() {
    return keys;
  }

  /** In hex. */
  public Optional<String> key(KeyId keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }
}
