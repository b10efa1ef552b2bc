package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.TrackType;
import io.keymux.packager.isobmff.SampleEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimedTextTest {
  private static final String TTML = "http://www.w3.org/ns/ttml";

  @ParameterizedTest
  @CsvSource({
    "application/ttml+xml;codecs=im1t, stpp.ttml.im1t",
    "application/ttml+xml; charset=utf-8; codecs=\"im1i\", stpp.ttml.im1i",
    "application/ttml+xml;codecs=\"etd1|im1t\", stpp.ttml.im1t",
    "application/ttml+xml;codecs=im2t, stpp.ttml.im2t",
    "application/ttml+xml;codecs=etd1, stpp",
    "application/ttml+xml, stpp",
  })
  void read_stppWithMime_profileOfImsc(String mime, String codecs) {
    assertThat(read(TTML, mime)).isEqualTo(codecs);
    assertThat(read("urn:x " + TTML, mime)).isEqualTo(codecs);
    assertThat(read("http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt", mime))
        .isEqualTo("stpp");
  }

  @Test
  void read_stppWithoutMime_fourCharacterCode() {
    assertThat(CodecReader.read(entry(TTML, List.of()), TrackType.TEXT).codecs()).isEqualTo("stpp");
  }

  @Test
  void read_wvtt_fourCharacterCode() {
    assertThat(CodecReader.read(SampleEntries.of("wvtt"), TrackType.TEXT).codecs())
        .isEqualTo("wvtt");
  }

  private static String read(String namespace, String mime) {
    Bytes box = Bytes.copyOf(("\0\0\0\0" + mime + "\0").getBytes(StandardCharsets.UTF_8));
    SampleEntry entry = entry(namespace, List.of(new SampleEntry.Child("mime", box)));
    return CodecReader.read(entry, TrackType.TEXT).codecs();
  }

  /** Only the fields in front of the children are in the box, as nothing else is read of it. */
  private static SampleEntry entry(String namespace, List<SampleEntry.Child> children) {
    byte[] box = ("\0".repeat(16) + namespace + "\0\0\0").getBytes(StandardCharsets.UTF_8);
    return new SampleEntry("stpp", Bytes.copyOf(box), box.length, children, 0, 0, 0, 0);
  }
}
