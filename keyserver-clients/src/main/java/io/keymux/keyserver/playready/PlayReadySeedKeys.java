package io.keymux.keyserver.playready;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.signaling.PlayReadyKeySeed;
import io.keymux.cpix.signaling.SignalingException;
import io.keymux.keyserver.answer.KeyAssignment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys without a key server, out of the key seed that a PlayReady licence server has too. The KIDs
 * are those of the request; its constant IV is taken over.
 *
 * @see PlayReadyKeySeed
 */
public final class PlayReadySeedKeys implements KeyExchange {
  private static final KeyId ANY = KeyId.ofBytes(new byte[KeyId.SIZE_BYTES]);

  private final SecretBytes seed;

  private PlayReadySeedKeys(SecretBytes seed) {
    this.seed = seed;
  }

  /**
   * @param seed at least {@value PlayReadyKeySeed#SEED_BYTES} bytes, of which the first count; not
   *     kept: it may be wiped afterwards
   * @throws SignalingException with code {@code key-seed-too-short} if it is shorter
   */
  public static PlayReadySeedKeys of(SecretBytes seed) {
    // Refuses a short seed now and not at the first job.
    PlayReadyKeySeed.derive(seed, ANY).wipe();
    byte[] whole = seed.reveal();
    byte[] used = Arrays.copyOf(whole, PlayReadyKeySeed.SEED_BYTES);
    try {
      return new PlayReadySeedKeys(SecretBytes.copyOf(used));
    } finally {
      Arrays.fill(whole, (byte) 0);
      Arrays.fill(used, (byte) 0);
    }
  }

  @Override
  public CpixDocument exchange(KeyRequest request) {
    Bytes iv = request.constantIv();
    Map<KeyId, ContentKey> keys = new LinkedHashMap<>();
    for (KeyId id : request.keyIds()) {
      SecretBytes value = PlayReadyKeySeed.derive(seed, id);
      keys.put(id, new ContentKey(id, value, request.scheme(), iv));
    }
    return new KeyAssignment(keys).answer(request);
  }

  @Override
  public String toString() {
    return "PlayReadySeedKeys";
  }
}
