package io.keymux.packager.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a segment's IV is, with and without a playlist that names one. */
class SegmentKeyTest {
  private final SegmentKey bySequence =
      new SegmentKey(
          new ContentKey(KeyId.ofBytes(new byte[16]), SecretBytes.copyOf(new byte[16]), null, null),
          ProtectionScheme.CBC1,
          null,
          List.of(),
          "all");

  @Test
  void iv_notNamed_segmentNumberBigEndianIn16Bytes() {
    assertThat(bySequence.iv(0x1234)).isEqualTo(Bytes.ofHex("00000000000000000000000000001234"));
  }

  @Test
  void iv_named_sameForEverySegment() {
    Bytes iv = Bytes.ofHex("0123456789abcdef0123456789abcdef");
    assertThat(bySequence.withIv(iv).iv(0x1234)).isEqualTo(iv);
  }
}
