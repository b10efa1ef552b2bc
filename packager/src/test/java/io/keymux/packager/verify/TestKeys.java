package io.keymux.packager.verify;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.JobResult;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Keys of the test vectors, and keys for packaging that follow from the KID. */
final class TestKeys {
  static final String GENERIC_KID = "31323334353637383930313233343536";

  /** Those of the vectors' README. */
  static final Map<KeyId, SecretBytes> VECTORS =
      Map.of(
          KeyId.parse(GENERIC_KID), secret("32333435363738393021323334353637"),
          KeyId.parse("a0000000000000000000000000000001"),
              secret("a1000000000000000000000000000001"),
          KeyId.parse("b0000000000000000000000000000002"),
              secret("b1000000000000000000000000000002"),
          KeyId.parse("c0000000000000000000000000000003"),
              secret("c1000000000000000000000000000003"));

  private TestKeys() {}

  static SecretBytes secret(String hex) {
    return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
  }

  /** The same KIDs with another key. */
  static Map<KeyId, SecretBytes> wrong(Map<KeyId, SecretBytes> keys) {
    Map<KeyId, SecretBytes> wrong = new HashMap<>();
    keys.keySet().forEach(id -> wrong.put(id, secret("0123456789abcdeffedcba9876543210")));
    return wrong;
  }

  static KeyExchange exchange() {
    return request ->
        CpixDocument.ofKeys(
            request.contentId(),
            request.keyIds().stream()
                .map(id -> new ContentKey(id, key(id), request.scheme(), null))
                .toList(),
            request.rules());
  }

  /** The keys that a job of {@link #exchange} used. */
  static Map<KeyId, SecretBytes> of(JobResult result) {
    Map<KeyId, SecretBytes> keys = new HashMap<>();
    result
        .presentation()
        .tracks()
        .forEach(
            track ->
                track
                    .protections()
                    .forEach(protection -> keys.put(protection.keyId(), key(protection.keyId()))));
    return keys;
  }

  static SecretBytes key(KeyId id) {
    byte[] value = id.toBytes();
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (value[i] * 7 + i);
    }
    return SecretBytes.copyOf(value);
  }
}
