package io.keymux.packager.verify;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be verified.
 *
 * @param path a folder with {@code manifest.mpd}, {@code master.m3u8} or both; an {@code .mpd}; an
 *     {@code .m3u8}, multivariant or not; or a fragmented MP4 with its init segment
 * @param keys of 16 bytes, as far as they are known: what they open is decrypted and looked into
 * @param sources the clear MP4 files it was made of; if there are any, all that can be decrypted
 *     must be equal to one of their tracks
 */
public record VerifyRequest(Path path, Map<KeyId, SecretBytes> keys, List<Path> sources) {
  public VerifyRequest {
    keys = Map.copyOf(keys);
    sources = List.copyOf(sources);
  }
}
