package io.keymux.packager.text;

/**
 * A WebVTT cue.
 *
 * @param id its identifier, or empty
 * @param start in milliseconds
 * @param end in milliseconds, above {@code start}
 * @param settings as they are written behind the times, with a space between two; or empty
 * @param text its payload; lines end with LF, none is empty
 * @see "WebVTT: The Web Video Text Tracks Format, 3.1 WebVTT cues"
 */
public record Cue(String id, long start, long end, String settings, String text) {

  /** The same so much later, with the times inside the text. */
  Cue later(long millis) {
    return millis == 0
        ? this
        : new Cue(id, start + millis, end + millis, settings, VttTime.moved(text, millis));
  }

  /** The same with other times. */
  Cue at(long from, long to) {
    return new Cue(id, from, to, settings, text);
  }
}
