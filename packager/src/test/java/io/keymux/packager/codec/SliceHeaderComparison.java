package io.keymux.packager.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.EncryptedFile.Range;
import io.keymux.packager.codec.EncryptedFile.Sample;
import java.util.ArrayList;
import java.util.List;

/** Compares where another packager began to encrypt with where this parser says slices begin. */
final class SliceHeaderComparison {
  private SliceHeaderComparison() {}

  /**
   * Fails at the first sample that differs.
   *
   * @return NAL units compared that hold slices
   */
  static int assertSame(EncryptedFile file) {
    NalCodec codec = requireNonNull(CodecReader.read(file.entry, TrackType.VIDEO).nal());
    SliceHeaderParser parser = codec.newParser();
    int slices = 0;
    for (int i = 0; i < file.samples.size(); i++) {
      List<Range> ours = protectedRanges(file.bytes, file.samples.get(i), codec, parser);
      assertThat(ours).as("sample %d", i).isEqualTo(file.samples.get(i).protectedRanges());
      slices += ours.size();
    }
    return slices;
  }

  private static List<Range> protectedRanges(
      byte[] bytes, Sample sample, NalCodec codec, SliceHeaderParser parser) {
    List<Range> ranges = new ArrayList<>();
    int at = sample.offset();
    int end = at + sample.size();
    while (at < end) {
      int length = 0;
      for (int i = 0; i < codec.lengthSize(); i++) {
        length = (length << 8) | (bytes[at++] & 0xff);
      }
      int clear = parser.clearBytes(bytes, at, length);
      if (clear != SliceHeaderParser.ALL_CLEAR && clear < length) {
        ranges.add(new Range(at + clear, at + length));
      }
      at += length;
    }
    return ranges;
  }
}
