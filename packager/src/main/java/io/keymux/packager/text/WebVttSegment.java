package io.keymux.packager.text;

/**
 * Writes a piece of a WebVTT document as a document of its own, as HLS takes it.
 *
 * @see "RFC 8216, 3.5 WebVTT"
 */
public final class WebVttSegment {
  private WebVttSegment() {}

  /**
   * Each cue that is shown between two instants, with its whole time, and the header. A segment in
   * which none is shown holds just the header.
   *
   * @param from in milliseconds
   * @param to in milliseconds, above {@code from}
   * @param mpegts where time 0 of the cues lies on the 90 kHz clock of the media
   */
  public static String text(WebVtt vtt, long from, long to, long mpegts) {
    StringBuilder text = new StringBuilder(vtt.header().length() + 128);
    int line = vtt.header().indexOf('\n');
    int first = line < 0 ? vtt.header().length() : line;
    text.append(vtt.header(), 0, first)
        .append("\nX-TIMESTAMP-MAP=MPEGTS:")
        .append(mpegts)
        .append(",LOCAL:00:00:00.000")
        .append(vtt.header(), first, vtt.header().length())
        .append('\n');
    for (Cue cue : vtt.cues()) {
      if (cue.start() >= to) {
        break;
      }
      if (cue.end() > from) {
        append(text, cue);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Cue cue) {
    text.append('\n');
    if (!cue.id().isEmpty()) {
      text.append(cue.id()).append('\n');
    }
    text.append(VttTime.format(cue.start())).append(" --> ").append(VttTime.format(cue.end()));
    if (!cue.settings().isEmpty()) {
      text.append(' ').append(cue.settings());
    }
    text.append('\n');
    if (!cue.text().isEmpty()) {
      text.append(cue.text()).append('\n');
    }
  }
}
