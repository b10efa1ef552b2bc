package io.keymux.packager.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.EncryptedFile.Sample;
import io.keymux.packager.codec.EncryptedFile.Subsample;
import io.keymux.packager.encrypt.SubsampleLayout;
import io.keymux.packager.encrypt.SubsampleMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the subsamples of another packager with ours. What we read of a sample is clear in its
 * output, so the encrypted file is parsed as it is.
 */
final class Av1Comparison {
  private Av1Comparison() {}

  /**
   * Fails at the first sample that differs.
   *
   * @return subsamples compared that protect something
   */
  static int assertSame(EncryptedFile file, ProtectionScheme scheme) {
    TrackCodec codec = CodecReader.read(file.entry, TrackType.VIDEO);
    SubsampleLayout layout = new SubsampleLayout(requireNonNull(codec.subsamples()), scheme);
    SubsampleMap map = new SubsampleMap();
    int tiles = 0;
    for (int i = 0; i < file.samples.size(); i++) {
      Sample sample = file.samples.get(i);
      layout.layOut(file.bytes, sample.offset(), sample.size(), map);
      List<Subsample> ours = new ArrayList<>();
      for (int entry = 0; entry < map.count(); entry++) {
        ours.add(new Subsample(map.clear(entry), map.protectedBytes(entry)));
      }
      assertThat(ours).as("%s, sample %d", scheme, i).isEqualTo(sample.subsamples());
      tiles += sample.protectedRanges().size();
    }
    return tiles;
  }
}
