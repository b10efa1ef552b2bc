package io.keymux.api.envelope;

import io.keymux.api.database.Database;
import io.keymux.cpix.SecretBytes;
import java.time.Clock;
import java.util.List;

/** Encrypts under a key that everybody knows. */
public final class TestEnvelopes {
  private TestEnvelopes() {}

  /** With its keys in a database. */
  public static Envelope of(Database database) {
    KeyRing ring = new KeyRing(List.of(LocalKey.of(SecretBytes.copyOf(new byte[32]))));
    return new Envelope(new DataKeys(new WrappedKeys(database), ring, Clock.systemUTC()));
  }
}
