package io.keymux.packager.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxWriter;
import org.junit.jupiter.api.Test;

class SubsampleMapTest {
  private final SubsampleMap map = new SubsampleMap();

  @Test
  void addClear_severalInARow_areOneEntry() {
    map.addClear(10);
    map.addClear(20);
    map.addProtected(160);
    map.addClear(7);
    map.finish();

    assertThat(encoded()).isEqualTo("0002" + "001e000000a0" + "000700000000");
    assertThat(map.encodedSize()).isEqualTo(14);
  }

  @Test
  void addProtected_clearRunAbove65535_isSplit() {
    map.addClear(65535 + 65535 + 3);
    map.addProtected(16);
    map.finish();

    assertThat(encoded()).isEqualTo("0003" + "ffff00000000" + "ffff00000000" + "000300000010");
  }

  @Test
  void addProtected_clearRunOf65535_isOneEntry() {
    map.addClear(65535);
    map.addProtected(16);
    map.finish();

    assertThat(encoded()).isEqualTo("0001" + "ffff00000010");
  }

  @Test
  void finish_onlyClear_coversTheSample() {
    map.addClear(70000);
    map.finish();

    assertThat(encoded()).isEqualTo("0002" + "ffff00000000" + "117100000000");
  }

  @Test
  void reset_afterUse_forgetsPendingClear() {
    map.addClear(5);
    map.reset();
    map.addProtected(16);
    map.finish();

    assertThat(encoded()).isEqualTo("0001" + "000000000010");
  }

  private String encoded() {
    BoxWriter out = new BoxWriter();
    map.write(out);
    return Bytes.copyOf(out.toByteArray()).toHex();
  }
}
