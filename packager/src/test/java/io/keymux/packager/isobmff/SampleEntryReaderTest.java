package io.keymux.packager.isobmff;

import static io.keymux.packager.isobmff.TestMovie.box;
import static io.keymux.packager.isobmff.TestMovie.full;
import static io.keymux.packager.isobmff.TestMovie.handler;
import static io.keymux.packager.isobmff.TestMovie.join;
import static io.keymux.packager.isobmff.TestMovie.soundEntry;
import static io.keymux.packager.isobmff.TestMovie.u16;
import static io.keymux.packager.isobmff.TestMovie.u32;
import static io.keymux.packager.isobmff.TestMovie.u64;
import static io.keymux.packager.isobmff.TestMovie.visualEntry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Sample entries as a movie is read. */
class SampleEntryReaderTest {
  @Test
  void read_unusedSecondEntry_takesTheUsedOne() {
    byte[] entries =
        full("stsd", 0, u32(2), visualEntry("encv"), visualEntry("hvc1", box("hvcC", u32(7))));
    SampleEntry entry =
        new TestMovie().with(entries).with(full("stsc", 0, u32(1, 1, 2, 2))).track().entry();
    assertThat(entry.format()).isEqualTo("hvc1");
  }

  @Test
  void read_visualEntry_bytesUntouched() {
    byte[] bytes = visualEntry("avc3", box("avcC", u32(1, 2)), box("pasp", u32(1, 1)));
    SampleEntry entry =
        new TestMovie().with(full("stsd", 0, u32(1), bytes, u32(0))).track().entry();
    assertThat(entry.box().toArray()).isEqualTo(bytes);
    assertThat(entry.childrenOffset()).isEqualTo(86);
    assertThat(entry.width()).isEqualTo(320);
    assertThat(entry.height()).isEqualTo(180);
    assertThat(entry.children())
        .extracting(SampleEntry.Child::type)
        .containsExactly("avcC", "pasp");
    assertThat(entry.child("avcC").orElseThrow().toHex()).isEqualTo("0000000100000002");
  }

  @Test
  void read_closingZeroWordOfAnEntry_dropped() {
    byte[] bytes = visualEntry("avc1", box("avcC", u32(1)), u32(0));
    SampleEntry entry = new TestMovie().with(full("stsd", 0, u32(1), bytes)).track().entry();
    assertThat(entry.box().toArray()).isEqualTo(visualEntry("avc1", box("avcC", u32(1))));
  }

  @Test
  void read_quickTimeSound_isoEntryWithItsConfiguration() {
    byte[] esds = full("esds", 0, u32(42));
    byte[] wave = box("wave", box("frma", u32(1)), box("mp4a", u32(0)), esds, box("\0\0\0\0"));
    byte[] version2 =
        join(u32(72), u64(Double.doubleToLongBits(96000)), u32(6, 0x7F000000, 16, 0, 0, 0));
    SampleEntry one = sound(soundEntry("mp4a", 1, new byte[16], wave));
    SampleEntry two = sound(soundEntry("mp4a", 2, version2, wave));
    assertThat(one.box().toArray()).isEqualTo(soundEntry("mp4a", 0, new byte[0], esds));
    assertThat(one.childrenOffset()).isEqualTo(36);
    assertThat(two.channels()).isEqualTo(6);
    assertThat(two.sampleRate()).isEqualTo(96000);
    assertThat(two.child("esds")).isPresent();
  }

  @Test
  void read_isoSoundVersion1_rateOfSrat() {
    byte[] entry =
        soundEntry("Opus", 1, new byte[0], full("srat", 0, u32(96000)), box("dOps", u32(1)));
    MediaTrack track =
        new TestMovie().with(handler("soun")).with(full("stsd", 1, u32(1), entry)).track();
    assertThat(track.entry().sampleRate()).isEqualTo(96000);
    assertThat(track.entry().children())
        .extracting(SampleEntry.Child::type)
        .containsExactly("dOps");
  }

  @Test
  void read_textEntries_childrenBehindTheirStrings() {
    byte[] stpp = box("stpp", new byte[6], u16(1), "ns\0loc\0\0".getBytes(StandardCharsets.UTF_8));
    byte[] wvtt = box("wvtt", new byte[6], u16(1), box("vttC", u32(1)));
    assertThat(text(stpp).box().toArray()).isEqualTo(stpp);
    assertThat(text(stpp).childrenOffset()).isEqualTo(stpp.length);
    assertThat(text(wvtt).childrenOffset()).isEqualTo(16);
    assertThat(text(wvtt).child("vttC")).isPresent();
  }

  private static SampleEntry sound(byte[] entry) {
    return new TestMovie()
        .with(handler("soun"))
        .with(full("stsd", 0, u32(1), entry))
        .track()
        .entry();
  }

  private static SampleEntry text(byte[] entry) {
    return new TestMovie()
        .with(handler("text"))
        .with(full("stsd", 0, u32(1), entry))
        .track()
        .entry();
  }
}
