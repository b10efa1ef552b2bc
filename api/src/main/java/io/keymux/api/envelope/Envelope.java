package io.keymux.api.envelope;

import io.keymux.cpix.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Encrypts secrets for the database: AES-256-GCM under a data key of their tenant, bound to their
 * place. A value is one byte of version, 16 of the data key's id, 12 of nonce, what was encrypted,
 * and 16 of tag. Safe for use by several threads.
 *
 * <p>The first value of a tenant costs a call to the database, and to the service of the
 * key-encryption key if there is one: do not encrypt within a transaction.
 */
public final class Envelope {
  private static final byte VERSION = 1;
  private static final int HEADER = 1 + DataKeys.ID_BYTES;

  private final DataKeys keys;

  Envelope(DataKeys keys) {
    this.keys = keys;
  }

  /**
   * Encrypts a value.
   *
   * @param plain overwritten
   * @throws EnvelopeException with code {@code encryption-service} if the key-encryption key is
   *     kept elsewhere and cannot be used
   */
  public Bytes seal(Place place, byte[] plain) {
    try {
      DataKeys.DataKey key = keys.current(place.tenant());
      byte[] encrypted = AesGcm.encrypt(key.key(), place.associatedData(key.id()), plain);
      return Bytes.copyOf(
          ByteBuffer.allocate(HEADER + encrypted.length)
              .put(VERSION)
              .put(HexFormat.of().parseHex(key.id()))
              .put(encrypted)
              .array());
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * What {@link #seal} was given; the caller overwrites it.
   *
   * @throws EnvelopeException with code {@code cannot-be-decrypted} if it was encrypted for another
   *     place, or was changed; {@code encryption-service} as {@link #seal}
   */
  public byte[] open(Place place, Bytes hidden) {
    byte[] value = hidden.toArray();
    String what = place.row() + " in " + place.table();
    if (value.length < HEADER || value[0] != VERSION) {
      throw EnvelopeException.undecryptable(what, null);
    }
    String id = HexFormat.of().formatHex(value, 1, HEADER);
    DataKeys.DataKey key = keys.find(id);
    try {
      return AesGcm.decrypt(key.key(), place.associatedData(id), value, HEADER);
    } catch (GeneralSecurityException e) {
      throw EnvelopeException.undecryptable(what, e);
    }
  }
}
