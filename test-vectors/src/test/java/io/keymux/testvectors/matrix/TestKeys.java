package io.keymux.testvectors.matrix;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.testvectors.judge.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Gives every KID that is asked for a public key that follows from it, and remembers them. */
public final class TestKeys implements KeyExchange {
  private KeyRing ring = KeyRing.empty();

  @Override
  public synchronized CpixDocument exchange(KeyRequest request) {
    List<ContentKey> keys = new ArrayList<>();
    for (KeyId keyId : request.keyIds()) {
      byte[] key = key(keyId);
      keys.add(new ContentKey(keyId, SecretBytes.copyOf(key), null, null));
      ring = ring.with(keyId.toHex(), HexFormat.of().formatHex(key));
    }
    return CpixDocument.ofKeys(request.contentId(), keys, request.rules());
  }

  /** All keys given so far. */
  public synchronized KeyRing ring() {
    return ring;
  }

  private static byte[] key(KeyId keyId) {
    try {
      byte[] seed = ("public test key " + keyId).getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(seed), 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
