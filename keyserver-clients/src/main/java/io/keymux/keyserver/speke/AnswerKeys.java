package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.RequestedKey;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Checks the keys of an answer, whatever else it looks like.
 *
 * @param host of the key server, for messages
 * @param where what to say of a KID of the answer beside the KID itself; may be empty
 */
record AnswerKeys(String host, CpixDocument answer, Function<KeyId, String> where) {

  private static final KeyId NO_KID = KeyId.ofBytes(new byte[KeyId.SIZE_BYTES]);

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} for a key without a value
   */
  void requireValues() {
    for (RequestedKey empty : answer.requestedKeys()) {
      throw invalid("ContentKey " + empty.id() + " has no value" + where.apply(empty.id()));
    }
  }

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} for a key that nobody asked
   *     for
   */
  void requireNoOther(ReplacedKeyIds replaced) {
    for (ContentKey key : answer.contentKeys()) {
      if (!replaced.all().containsValue(key.id())) {
        throw invalid("ContentKey " + key.id() + " was not asked for");
      }
    }
  }

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} if there is none
   */
  ContentKey required(KeyId id) {
    return answer
        .contentKey(id)
        .orElseThrow(() -> invalid("ContentKey " + id + " is missing" + where.apply(id)));
  }

  /**
   * Holds each key against itself and the others.
   *
   * @throws KeyExchangeException with code {@code key-response-invalid} if a key is all zero, is
   *     its own IV or KID, or has two KIDs, or if a KID is all zero
   */
  void requireSound(List<ContentKey> keys) {
    List<ContentKey> seen = new ArrayList<>();
    for (ContentKey key : keys) {
      requireSecret(key);
      for (ContentKey other : seen) {
        if (other.value().equals(key.value())) {
          throw invalid(
              "KIDs %s and %s have the same key%s"
                  .formatted(other.id(), key.id(), where.apply(key.id())));
        }
      }
      seen.add(key);
    }
  }

  private void requireSecret(ContentKey key) {
    if (key.id().equals(NO_KID)) {
      throw invalid("a KID is all zero" + where.apply(key.id()));
    }
    byte[] value = key.value().reveal();
    try {
      if (Arrays.equals(value, new byte[value.length])) {
        throw invalid(
            "the value of ContentKey " + key.id() + " is all zero" + where.apply(key.id()));
      }
      if (Arrays.equals(value, key.id().toBytes())) {
        throw invalid(
            "the value of ContentKey %s is its KID, which is public%s"
                .formatted(key.id(), where.apply(key.id())));
      }
      Bytes iv = key.explicitIv();
      if (iv != null && Arrays.equals(value, iv.toArray())) {
        throw invalid(
            "explicitIV of ContentKey %s is the key itself, and the IV is public%s"
                .formatted(key.id(), where.apply(key.id())));
      }
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  KeyExchangeException changedScheme(KeyId id) {
    return invalid("commonEncryptionScheme of ContentKey " + id + " was changed" + where.apply(id));
  }

  KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
