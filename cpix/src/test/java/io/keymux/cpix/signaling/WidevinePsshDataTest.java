package io.keymux.cpix.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

class WidevinePsshDataTest {
  private static final Bytes KID = Bytes.ofHex("31323334353637383930313233343536");

  @Test
  void parse_ofWritten_isTheSameRecord() {
    WidevinePsshData data =
        new WidevinePsshData(
            1L,
            List.of(KID, Bytes.ofHex("35")),
            "ünï",
            Bytes.ofHex("00ff"),
            "policy",
            0xffffffffL,
            0x63656e63L,
            List.of(
                new WidevinePsshData.UnknownField(5, 2, Bytes.ofHex("5344")),
                new WidevinePsshData.UnknownField(11, 0, Bytes.ofHex("8001")),
                new WidevinePsshData.UnknownField(12, 1, Bytes.ofHex("0102030405060708")),
                new WidevinePsshData.UnknownField(536870911, 5, Bytes.ofHex("01020304"))));
    assertThat(WidevinePsshData.parse(data.toBytes().toArray())).isEqualTo(data);
  }

  @Test
  void kids_keyIdOfOneByte_isLeftOut() {
    WidevinePsshData data = WidevinePsshData.parse(Vectors.hex("1201351210" + KID));
    assertThat(data.keyIds()).hasSize(2);
    assertThat(data.kids()).containsExactly(KeyId.ofBytes(KID.toArray()));
  }

  @Test
  void parse_providerTwice_lastCounts() {
    assertThat(WidevinePsshData.parse(Vectors.hex("1a01611a0162")).provider()).isEqualTo("b");
  }

  @Test
  void parse_providerAsVarint_isUnknown() {
    WidevinePsshData data = WidevinePsshData.parse(Vectors.hex("1801"));
    assertThat(data.provider()).isNull();
    assertThat(data.unknown())
        .containsExactly(new WidevinePsshData.UnknownField(3, 0, Bytes.ofHex("01")));
  }

  @Test
  void of_loneSurrogateInProvider_isRefused() {
    WidevinePsshData data = WidevinePsshData.of(List.of(), ProtectionScheme.CENC, "a\ud800", null);
    assertThatThrownBy(data::toBytes)
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("invalid-signaling-value"));
  }
}
