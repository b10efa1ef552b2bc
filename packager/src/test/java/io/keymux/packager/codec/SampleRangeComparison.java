package io.keymux.packager.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.EncryptedFile.Range;
import io.keymux.packager.codec.EncryptedFile.Sample;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.MovieReader;
import io.keymux.packager.isobmff.SampleTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares what another packager encrypted with what a codec's parser says may be. */
final class SampleRangeComparison {
  private static final int BLOCK_BYTES = 16;

  private SampleRangeComparison() {}

  /**
   * Fails at the first sample that differs.
   *
   * @param clear the file with one video track that the other packager read
   * @param wholeBlocks whether ranges begin so late that they are of whole blocks
   * @return protected ranges compared
   */
  static int assertSame(Path clear, EncryptedFile encrypted, boolean wholeBlocks) {
    SubsampleCodec codec =
        requireNonNull(CodecReader.read(encrypted.entry, TrackType.VIDEO).subsamples());
    SampleParser parser = codec.newSampleParser();
    int count = 0;
    try (MediaSource source = FileSource.open(clear)) {
      SampleTable samples = MovieReader.read(source).tracks().get(0).samples();
      assertThat(encrypted.samples).hasSize(samples.count());
      for (int i = 0; i < samples.count(); i++) {
        Sample sample = encrypted.samples.get(i);
        byte[] data = new byte[samples.size(i)];
        source.read(samples.offset(i), data, 0, data.length);
        Collector ours = new Collector(sample.offset(), wholeBlocks);
        parser.parse(data, 0, data.length, ours);
        assertThat(ours.ranges).as("sample %d", i).isEqualTo(sample.protectedRanges());
        assertThat(ours.at).as("end of sample %d", i).isEqualTo(sample.offset() + sample.size());
        count += ours.ranges.size();
      }
    }
    return count;
  }

  private static final class Collector implements SampleRanges {
    private final boolean wholeBlocks;
    private final List<Range> ranges = new ArrayList<>();
    private int at;

    Collector(int start, boolean wholeBlocks) {
      this.at = start;
      this.wholeBlocks = wholeBlocks;
    }

    @Override
    public void clear(int bytes) {
      at += bytes;
    }

    @Override
    public void protectable(int bytes) {
      int kept = wholeBlocks ? bytes % BLOCK_BYTES : 0;
      if (bytes > kept) {
        ranges.add(new Range(at + kept, at + bytes));
      }
      at += bytes;
    }
  }
}
