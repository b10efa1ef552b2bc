package io.keymux.cpix.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken documents end in a typed error, whatever was broken. */
class CpixDamageTest {

  @ParameterizedTest
  @ValueSource(strings = {"clear.xml", "old-style.xml", "new-style.xml"})
  void read_everyTruncation_isTyped(String name) {
    byte[] xml = Resources.bytes(name);
    int end = new String(xml, java.nio.charset.StandardCharsets.UTF_8).stripTrailing().length();
    for (int length = 0; length < end; length++) {
      byte[] truncated = Arrays.copyOf(xml, length);
      assertThatThrownBy(() -> CpixReader.read(truncated))
          .as("%s cut to %d bytes", name, length)
          .isInstanceOf(DrmException.class);
    }
  }

  @Test
  void read_everyTruncationOfUtf16_isTyped() {
    byte[] xml =
        Resources.text("new-style.xml").stripTrailing().getBytes(Charset.forName("UTF-16"));
    for (int length = 0; length < xml.length; length += 3) {
      byte[] truncated = Arrays.copyOf(xml, length);
      assertThatThrownBy(() -> CpixReader.read(truncated))
          .as("cut to %d bytes", length)
          .isInstanceOf(DrmException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clear.xml", "old-style.xml", "new-style.xml"})
  void read_randomDamage_isReadOrTyped(String name) {
    byte[] xml = Resources.bytes(name);
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] damaged = xml.clone();
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(3)) {
          case 0 -> damaged[at] = (byte) random.nextInt(256);
          case 1 -> damaged[at] = (byte) "<>&\"'/=!?[]- \0".charAt(random.nextInt(14));
          default -> {
            int from = random.nextInt(damaged.length);
            int size = Math.min(random.nextInt(80), damaged.length - Math.max(from, at));
            System.arraycopy(xml, from, damaged, at, size);
          }
        }
      }
      refused += readOrTyped(damaged, name + " round " + round) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(300);
  }

  private static boolean readOrTyped(byte[] xml, String what) {
    try {
      CpixReader.read(xml);
      return true;
    } catch (DrmException e) {
      assertThatCode(e::getMessage).as(what).doesNotThrowAnyException();
      assertThat(e.code()).as(what).matches("(cpix|xml)-[a-z0-9-]+");
      return false;
    }
  }
}
