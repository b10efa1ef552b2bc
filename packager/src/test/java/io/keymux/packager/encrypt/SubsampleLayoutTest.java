package io.keymux.packager.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.packager.codec.NalCodec;
import io.keymux.packager.codec.SampleParser;
import io.keymux.packager.codec.SliceHeaderParser;
import io.keymux.packager.codec.SubsampleCodec;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubsampleLayoutTest {
  private static final byte SLICE = 1;
  private static final byte SEI = 6;
  private static final int HEADER_BYTES = 3;

  @ParameterizedTest
  @CsvSource({
    // NAL bytes, cenc clear and protected, cbcs clear and protected
    "3,   7,   0, 7, 0",
    "4,   8,   0, 7, 1",
    "18, 22,   0, 7, 15",
    "19,  7,  16, 7, 16",
    "20,  8,  16, 7, 17",
    "100, 8,  96, 7, 97",
  })
  void layOut_oneSlice_splitsBehindTheHeader(
      int nal, int cencClear, int cencProtected, int cbcsClear, int cbcsProtected) {
    byte[] sample = sample(nal, SLICE);

    assertThat(map(sample, ProtectionScheme.CENC)).isEqualTo(entry(cencClear, cencProtected));
    assertThat(map(sample, ProtectionScheme.CBCS)).isEqualTo(entry(cbcsClear, cbcsProtected));
  }

  @ParameterizedTest
  @CsvSource({
    "CENC, false, 0001000700000010",
    "CBCS, false, 0001000300000014",
    "CBCS, true, 0001000700000010"
  })
  void layOut_wholeBlocksInCbcs_cutInEveryScheme(
      ProtectionScheme scheme, boolean wholeBlocksInCbcs, String map) {
    assertThat(map(new byte[23], new Headed(wholeBlocksInCbcs), scheme)).isEqualTo(map);
  }

  @Test
  void layOut_otherNalUnits_joinTheClearBytesOfTheSlice() {
    byte[] sample =
        ByteBuffer.allocate(14 + 23).put(sample(10, SEI)).put(sample(19, SLICE)).array();

    assertThat(map(sample, ProtectionScheme.CENC)).isEqualTo(entry(14 + 7, 16));
  }

  @Test
  void layOut_emptyNalUnit_isClear() {
    assertThat(map(new byte[4], ProtectionScheme.CBCS)).isEqualTo(entry(4, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000005 01020304", "000000", "ffffffff 01"})
  void layOut_lengthLeavesTheSample_saysWhere(String hex) {
    byte[] sample = Bytes.ofHex(hex.replace(" ", "")).toArray();

    assertThatThrownBy(() -> map(sample, ProtectionScheme.CENC))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("nal-length-invalid"));
  }

  private static String entry(int clear, int protectedBytes) {
    return "0001%04x%08x".formatted(clear, protectedBytes);
  }

  private static byte[] sample(int nalBytes, byte type) {
    return ByteBuffer.allocate(4 + nalBytes).putInt(nalBytes).put(type).array();
  }

  private static String map(byte[] sample, ProtectionScheme scheme) {
    return map(sample, new FakeCodec(), scheme);
  }

  private static String map(byte[] sample, SubsampleCodec codec, ProtectionScheme scheme) {
    SubsampleMap map = new SubsampleMap();
    new SubsampleLayout(codec, scheme).layOut(sample, 0, sample.length, map);
    BoxWriter out = new BoxWriter();
    map.write(out);
    return Bytes.copyOf(out.toByteArray()).toHex();
  }

  /** Samples have a header of three bytes. */
  private record Headed(boolean wholeBlocksInCbcs) implements SubsampleCodec {
    @Override
    public SampleParser newSampleParser() {
      return (data, offset, length, ranges) -> {
        ranges.clear(HEADER_BYTES);
        ranges.protectable(length - HEADER_BYTES);
      };
    }

    @Override
    public boolean needsWholeSegment() {
      return false;
    }
  }

  /** Slices have a header of three bytes. */
  private static final class FakeCodec implements NalCodec {
    @Override
    public int lengthSize() {
      return 4;
    }

    @Override
    public boolean needsWholeSegment() {
      return false;
    }

    @Override
    public SliceHeaderParser newParser() {
      return (data, offset, length) ->
          data[offset] == SLICE ? HEADER_BYTES : SliceHeaderParser.ALL_CLEAR;
    }
  }
}
