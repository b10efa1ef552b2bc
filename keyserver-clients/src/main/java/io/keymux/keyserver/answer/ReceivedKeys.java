package io.keymux.keyserver.answer;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that keys that came back are the ones that were asked for: one for each track type and no
 * other, all different, of the right sizes. A key server may replace KIDs, but by KIDs that nobody
 * asked for.
 *
 * <p>One instance serves one answer; keys of several periods are told apart through all of them.
 */
public final class ReceivedKeys {
  private static final int SHORT_IV_BYTES = 8;

  private final String host;
  private final KeyRequest request;
  private final Map<String, KeyId> asked;
  private final List<ContentKey> seen = new ArrayList<>();

  /**
   * @param host of the key server, for messages
   * @param asked the KID of the request for each of the server's track types
   */
  public ReceivedKeys(String host, KeyRequest request, Map<String, KeyId> asked) {
    this.host = host;
    this.request = request;
    this.asked = new LinkedHashMap<>(asked);
  }

  /**
   * The key for every KID of the request.
   *
   * @param keys in any order
   * @throws KeyExchangeException with code {@code key-response-invalid} for the first violation
   */
  public KeyAssignment assign(List<ReceivedKey> keys) {
    return assign(keys, "");
  }

  /**
   * As {@link #assign(List)}.
   *
   * @param part of the answer that {@code keys} are of, for messages: {@code " of crypto period 7"}
   */
  public KeyAssignment assign(List<ReceivedKey> keys, String part) {
    Map<String, ReceivedKey> byType = new LinkedHashMap<>();
    for (ReceivedKey key : keys) {
      if (!asked.containsKey(key.trackType())) {
        throw invalid("it has a key%s for a track type that was not asked for".formatted(part));
      }
      if (byType.put(key.trackType(), key) != null) {
        throw invalid(
            "it has more than one key%s for track type %s".formatted(part, key.trackType()));
      }
    }
    Map<KeyId, ContentKey> assigned = new LinkedHashMap<>();
    asked.forEach(
        (type, id) -> {
          ReceivedKey key = byType.get(type);
          if (key == null) {
            throw invalid("it has no key%s for track type %s".formatted(part, type));
          }
          assigned.put(id, checked(key, id, "track type " + type + part));
        });
    return new KeyAssignment(assigned);
  }

  private ContentKey checked(ReceivedKey key, KeyId sent, String place) {
    requireSize("the KID", place, key.keyId().size());
    KeyId id = KeyId.ofBytes(key.keyId().toArray());
    if (isZero(key.keyId().toArray())) {
      throw invalid("the KID of %s is all zero".formatted(place));
    }
    requireNotSwapped(id, sent, place);
    requireSize("the key", place, key.value().size());
    ContentKey content = new ContentKey(id, key.value(), request.scheme(), iv(key.iv(), id, place));
    requireValue(content, place);
    for (ContentKey other : seen) {
      if (other.id().equals(id)) {
        throw invalid("KID %s of %s stands there twice".formatted(id, place));
      }
      if (other.value().equals(content.value())) {
        throw invalid("KIDs %s and %s have the same key".formatted(other.id(), id));
      }
    }
    seen.add(content);
    return content;
  }

  private void requireNotSwapped(KeyId id, KeyId sent, String place) {
    if (id.equals(sent)) {
      return;
    }
    for (KeyId of : request.keyIds()) {
      if (id.equals(of)) {
        throw invalid("KID %s of %s was asked for another track type".formatted(id, place));
      }
      if (id.equals(KeyId.ofBytes(of.toGuidBytes()))) {
        throw invalid(
            "the KID of %s is that of the request with its bytes swapped, %s for %s"
                .formatted(place, id, of));
      }
    }
  }

  /** In counter mode the block counter fills eight bytes up to a block. */
  private @Nullable Bytes iv(@Nullable Bytes iv, KeyId id, String place) {
    if (iv == null || iv.size() == ContentKey.SIZE_BYTES) {
      return iv;
    }
    if (iv.size() == SHORT_IV_BYTES && request.scheme().counterMode()) {
      return Bytes.copyOf(Arrays.copyOf(iv.toArray(), ContentKey.SIZE_BYTES));
    }
    throw invalid(
        "the IV of KID %s of %s has %d bytes, which %s cannot use"
            .formatted(id, place, iv.size(), request.scheme().fourCc()));
  }

  private void requireValue(ContentKey key, String place) {
    SecretBytes secret = key.value();
    byte[] value = secret.reveal();
    try {
      if (isZero(value)) {
        throw invalid("the key of KID %s of %s is all zero".formatted(key.id(), place));
      }
      if (Arrays.equals(value, key.id().toBytes())) {
        throw invalid("the key of %s is its KID, which is public".formatted(place));
      }
      Bytes iv = key.explicitIv();
      if (iv != null && Arrays.equals(value, iv.toArray())) {
        throw invalid(
            "the IV of KID %s of %s is the key itself, and the IV is public"
                .formatted(key.id(), place));
      }
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  private void requireSize(String what, String place, int size) {
    if (size != ContentKey.SIZE_BYTES) {
      throw invalid(
          "%s of %s has %d bytes, not %d".formatted(what, place, size, ContentKey.SIZE_BYTES));
    }
  }

  private static boolean isZero(byte[] bytes) {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
