package io.keymux.testvectors.judge;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sample after decryption, and how it was protected.
 *
 * @param data clear bytes
 * @param cover null if the sample was clear in the file
 */
public record JudgedSample(Bytes data, @Nullable Cover cover) {

  /**
   * How a sample was protected.
   *
   * @param scheme four characters
   * @param iv of this sample, or the constant one
   * @param subsamples empty if the whole sample is one range
   * @param cipherBytes how many bytes were under the cipher
   */
  public record Cover(
      String scheme, KeyId keyId, Bytes iv, List<Subsample> subsamples, int cipherBytes) {
    public Cover {
      subsamples = List.copyOf(subsamples);
    }
  }
}
