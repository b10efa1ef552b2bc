package io.keymux.api.bench;

import java.util.ArrayList;
import java.util.List;

/** What AES-128 of one large file must show beside others, in both containers. */
final class Aes128Targets {
  private static final double MP4HLS = 6;
  private static final double FFMPEG = 7;

  private Aes128Targets() {}

  static List<Target> of() {
    List<Target> targets = new ArrayList<>();
    for (Label subject : List.of(Label.AES_128_TS, Label.AES_128_FMP4)) {
      targets.add(Targets.asFastAs(subject, MP4HLS, Label.MP4HLS));
      targets.add(Targets.asFastAs(subject, FFMPEG, Label.FFMPEG_HLS));
      targets.add(Targets.rss(subject));
    }
    return targets;
  }
}
