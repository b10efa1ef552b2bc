package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bits by hand: Baseline, 16 frame number bits and POC type 2, so that headers are short. */
class AvcParserTest {
  private final AvcParser parser = new AvcParser(BitReader.SLICE);

  @BeforeEach
  void parameterSets() {
    // profile 66, level 10 | id 0: 1, log2 frame_num 16: 0001101, poc type 2: 011, refs 1: 010,
    // gaps 0, width 4: 00100, height 3: 011, frame mbs 1, 8x8 1, crop 0, vui 0, stop 1
    assertThat(clear("6742000a" + "8d684790")).isEqualTo(SliceHeaderParser.ALL_CLEAR);
    // id 0, sps 0, CAVLC, no bottom POC, one group, one reference each, no weights, qp 0 0 0,
    // no deblocking control, not constrained, no redundant slices, stop
    assertThat(clear("68" + "ce3880")).isEqualTo(SliceHeaderParser.ALL_CLEAR);
  }

  @Test
  void read_handMadeSps_size() {
    assertThat(parser.firstSps())
        .extracting("width", "height", "frameNumBits", "pocType")
        .containsExactly(64, 48, 16, 2);
  }

  @Test
  void clearBytes_emulationPreventionInHeader_counted() {
    // first_mb 0: 1, type 7: 0001000, pps 0: 1, frame_num: 16 zeros, idr_pic_id 65535: 16 zeros, 1,
    // 16 zeros, marking 00, qp 0: 1; that is 88 80 00 00 00 40 00 08, escaped:
    assertThat(clear("65" + "8880000003004000" + "08" + "ffff")).isEqualTo(10);
  }

  @Test
  void clearBytes_emulationPreventionBehindHeader_notCounted() {
    assertThat(clear("65" + "88800048" + "00000301")).isEqualTo(5);
  }

  @Test
  void clearBytes_otherTypes_allClear() {
    for (String header : new String[] {"06", "09", "0a", "0b", "0c", "0e", "0f", "13", "1f"}) {
      assertThat(clear(header + "ffff")).isEqualTo(SliceHeaderParser.ALL_CLEAR);
    }
  }

  @Test
  void clearBytes_unknownParameterSet_typeAndBit() {
    assertThatThrownBy(() -> clear("65" + "88400012" + "ff"))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("slice-header-unreadable"))
        .hasMessageStartingWith(
            "H.264 NAL unit of type 5, bit 19: pic_parameter_set_id 1 is not known.");
  }

  @Test
  void clearBytes_truncated_typedError() {
    assertThatThrownBy(() -> clear("658880"))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("H.264 NAL unit of type 5, bit 24: it ends here");
  }

  @Test
  void clearBytes_extensionSlice_unsupported() {
    for (String header : new String[] {"74", "75"}) {
      assertThatThrownBy(() -> clear(header + "800000"))
          .isInstanceOfSatisfying(
              DrmException.class, e -> assertThat(e.blame()).isEqualTo(Blame.UNSUPPORTED));
    }
  }

  private int clear(String hex) {
    byte[] nal = HexFormat.of().parseHex(hex);
    return parser.clearBytes(nal, 0, nal.length);
  }
}
