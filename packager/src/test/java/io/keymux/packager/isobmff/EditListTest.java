package io.keymux.packager.isobmff;

import static io.keymux.packager.isobmff.TestMovie.box;
import static io.keymux.packager.isobmff.TestMovie.full;
import static io.keymux.packager.isobmff.TestMovie.u32;
import static io.keymux.packager.isobmff.TestMovie.u64;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The movie has 1000 ticks a second, the track 12800; its media is 3072 ticks, 240 ms, long. */
class EditListTest {

  @ParameterizedTest
  @CsvSource({
    "240 0, 0, 0, 0",
    "0 512, 0, 512, 0",
    "200 512, 0, 512, 0",
    "199 512, 0, 512, 0",
    "197 512, 0, 512, 2522",
    "100 512, 0, 512, 1280",
    "21 -1 240 0, 269, 0, 0",
    "21 -1 19 -1 240 0, 512, 0, 0",
    "4294967295 256, 0, 256, 0"
  })
  void read_emptyEditsAndOneEdit_delayStartAndEnd(
      String edits, long delay, long mediaTime, long duration) {
    String[] values = edits.split(" ", -1);
    byte[] narrow = u32(values.length / 2);
    byte[] wide = narrow;
    for (int i = 0; i < values.length; i += 2) {
      long length = Long.parseLong(values[i]);
      long start = Long.parseLong(values[i + 1]);
      narrow = TestMovie.join(narrow, u32(length, start, 0x10000));
      wide = TestMovie.join(wide, u64(length == 0xffffffffL ? -1 : length, start), u32(0x10000));
    }
    EditList expected = new EditList(delay, mediaTime, duration);
    assertThat(read(full("elst", 0, narrow))).isEqualTo(expected);
    assertThat(read(full("elst", 1, wide))).isEqualTo(expected);
    assertThat(read(full("elst", 0, u32(0)))).isEqualTo(EditList.NONE);
  }

  private static EditList read(byte[] elst) {
    return new TestMovie().with(box("edts", elst)).read().tracks().get(0).edit();
  }
}
