package io.keymux.keyserver.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.GivenSignaling;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Signalling out of a {@code pssh} that came beside a key.
 *
 * @param host of the key server, for messages
 */
public record GivenPssh(String host, KeyRequest request) {
  private static final int TYPE_OFFSET = 4;
  private static final byte[] TYPE = "pssh".getBytes(US_ASCII);

  /**
   * Signalling around a whole {@code pssh} box.
   *
   * @param keyId the KID as the answer has it
   * @param place of the box, for messages
   * @return nothing if {@code request} does not ask for {@code system}, or Keymux makes it better
   *     without (FairPlay, ClearKey)
   * @throws KeyExchangeException with code {@code key-response-invalid} if it is no box for this
   *     system and this key
   */
  public Optional<DrmSignaling> box(DrmSystem system, KeyId keyId, byte[] box, String place) {
    if (!request.systems().contains(system)
        || (system != DrmSystem.WIDEVINE && system != DrmSystem.PLAYREADY)) {
      return Optional.empty();
    }
    Bytes pssh = Bytes.copyOf(box);
    DrmSignaling bare = new DrmSignaling(system.systemId(), keyId, pssh, null, null, null, null);
    new PsshCheck(host, place).check(bare);
    try {
      return Optional.of(GivenSignaling.ofPssh(system, request.scheme(), keyId, pssh, null));
    } catch (DrmException e) {
      throw KeyExchangeException.invalidResponse(
          host, "PSSH of %s cannot be signalled (%s)".formatted(place, e.code()));
    }
  }

  /** As {@link #box}, but for the data alone; a version 0 box is put around it. */
  public Optional<DrmSignaling> data(DrmSystem system, KeyId keyId, byte[] data, String place) {
    PsshBox box = new PsshBox(0, system.systemId(), List.of(), Bytes.copyOf(data));
    return box(system, keyId, box.toBytes(), place);
  }

  /** As {@link #box} or {@link #data}, whichever {@code bytes} are. */
  public Optional<DrmSignaling> either(DrmSystem system, KeyId keyId, byte[] bytes, String place) {
    boolean isBox =
        bytes.length >= TYPE_OFFSET + TYPE.length
            && Arrays.equals(bytes, TYPE_OFFSET, TYPE_OFFSET + TYPE.length, TYPE, 0, TYPE.length);
    return isBox ? box(system, keyId, bytes, place) : data(system, keyId, bytes, place);
  }
}
