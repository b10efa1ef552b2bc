package io.keymux.testvectors.judge;

import io.keymux.cpix.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A track, decrypted.
 *
 * @param handler {@code vide} or {@code soun}
 * @param format the codec's four-cc, as {@code avc1}
 */
public record JudgedTrack(int id, String handler, String format, List<JudgedSample> samples) {
  public JudgedTrack {
    samples = List.copyOf(samples);
  }

  /**
   * MD5 over all sample bytes in file order, in hex: the figure of {@code ffmpeg -map 0:N -c copy
   * -f streamhash -hash md5}.
   */
  public String streamHash() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
    for (JudgedSample sample : samples) {
      digest.update(sample.data().toArray());
    }
    return Bytes.copyOf(digest.digest()).toHex();
  }

  /** The KIDs in use; empty if every sample is clear. */
  public Set<io.keymux.cpix.KeyId> keyIds() {
    Set<io.keymux.cpix.KeyId> found = new TreeSet<>();
    for (JudgedSample sample : samples) {
      if (sample.cover() != null) {
        found.add(sample.cover().keyId());
      }
    }
    return found;
  }
}
