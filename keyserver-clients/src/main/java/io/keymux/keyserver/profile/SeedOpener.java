package io.keymux.keyserver.profile;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import io.keymux.keyserver.playready.PlayReadySeedKeys;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Keys without a server: the transports {@code seed} and {@code playready-seed}. */
final class SeedOpener {
  private SeedOpener() {}

  /** Null for a transport that calls a server. */
  static @Nullable KeyExchange open(String kind, ProfileFields fields) {
    return switch (kind) {
      case "seed" -> {
        SecretBytes seed = HexSecret.of(fields, "seed");
        if (seed.size() != SeedKeys.SEED_BYTES) {
          throw fields.fault("seed", "does not lead to 64 hex digits");
        }
        yield SeedKeys.of(seed);
      }
      case "playready-seed" -> PlayReadySeedKeys.of(base64(fields));
      default -> null;
    };
  }

  static KeyServer.Transport local(KeyExchange seed) {
    return new KeyServer.Transport() {
      @Override
      public CpixDocument exchange(KeyRequest request) throws InterruptedException {
        return seed.exchange(request);
      }

      @Override
      public void close() {
        // There is nothing to log out of.
      }
    };
  }

  private static SecretBytes base64(ProfileFields fields) {
    SecretBytes written = fields.secret("seed");
    byte[] text = written.reveal();
    byte[] seed = new byte[0];
    try {
      seed = Base64.getDecoder().decode(text);
      return SecretBytes.copyOf(seed);
    } catch (IllegalArgumentException e) {
      throw fields.fault("seed", "does not lead to base64");
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(seed, (byte) 0);
      written.wipe();
    }
  }
}
