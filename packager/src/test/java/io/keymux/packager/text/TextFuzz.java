package io.keymux.packager.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.isobmff.SampleTable;
import java.util.List;

/**
 * What any bytes must hold to as text. Not in the fuzz test itself, so that Jazzer instruments the
 * records it names before they are loaded.
 */
final class TextFuzz {
  private static final TextCut.Span MEDIA = new TextCut.Span(0, 100, List.of(10.0, 20.0, 99.0));

  private TextFuzz() {}

  /** Read, cut to the media, and, of WebVTT, read back. */
  static void open(TextInput input) {
    try {
      TextFile file = TextFile.open(input);
      SampleTable samples = file.movie().tracks().get(0).samples();
      assertThat(samples.count()).isPositive();
      requireGapless(samples);

      TextCut.Result fitted = TextCut.fit(file, MEDIA);
      SampleTable cut = fitted.track().samples();
      requireGapless(cut);
      assertThat(cut.decodeTime(0)).isZero();
      assertThat(cut.decodeTime(cut.count())).isEqualTo(100L * fitted.track().timescale());
      if (file.ttml() == null) {
        WvttReader.read(fitted.track(), fitted.source(), 0);
      }
    } catch (DrmException e) {
      assertThat(e.code()).isNotEmpty();
    }
  }

  private static void requireGapless(SampleTable samples) {
    for (int i = 0; i < samples.count(); i++) {
      assertThat(samples.duration(i)).isPositive();
      assertThat(samples.compositionOffset(i)).isZero();
    }
  }

  /** Any sample is cues that stay what they are once written, or no sample of WebVTT. */
  static void sample(byte[] input) {
    try {
      byte[] written = Vttc.sample(Vttc.read(input));
      assertThat(Vttc.sample(Vttc.read(written))).isEqualTo(written);
    } catch (MalformedBoxException e) {
      assertThat(e).hasMessageContaining("Byte offset");
    }
  }
}
