package io.keymux.packager.text;

import io.keymux.packager.input.MediaSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a WebVTT file by the rules of the W3C parser: what it cannot read it passes over, and that
 * is noted here. Comments are dropped.
 *
 * @see "WebVTT, 6.1 WebVTT file parsing"
 */
final class WebVttParser {
  static final String SIGNATURE = "WEBVTT";

  private static final String MAP = "X-TIMESTAMP-MAP";
  private static final int NOTES = 5;
  private static final String SPACE = "[ \\t\\f]*";
  private static final Pattern TIMINGS =
      Pattern.compile(
          SPACE + VttTime.SYNTAX + SPACE + "-->" + SPACE + VttTime.SYNTAX + "(.*)", Pattern.DOTALL);
  private static final Pattern MPEGTS = Pattern.compile("MPEGTS:(\\d{1,18})");
  private static final Pattern LOCAL = Pattern.compile("LOCAL:([0-9:.]+)");

  private final MediaSource source;
  private final String[] lines;
  private final StringBuilder header = new StringBuilder();
  private final List<Cue> cues = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int at;
  private int unnoted;
  private @Nullable Long moved;

  private WebVttParser(MediaSource source, String text) {
    this.source = source;
    this.lines = text.split("\n", -1);
  }

  /**
   * What a file holds.
   *
   * @param vtt with the times of the file
   * @param moved what X-TIMESTAMP-MAP adds to its times for those of the media, in milliseconds, or
   *     null if there is none
   * @param notes what was left out, a sentence each
   */
  record Parsed(WebVtt vtt, @Nullable Long moved, List<String> notes) {
    Parsed {
      notes = List.copyOf(notes);
    }
  }

  /**
   * @param text lines end with LF, CR or both; no byte order mark
   * @throws io.keymux.cpix.DrmException with code {@code webvtt-malformed} if the signature is
   *     missing or X-TIMESTAMP-MAP cannot be read
   */
  static Parsed parse(MediaSource source, String text) {
    WebVttParser parser =
        new WebVttParser(
            source, text.replace("\r\n", "\n").replace('\r', '\n').replace('\0', '\ufffd'));
    parser.header();
    while (parser.at < parser.lines.length) {
      parser.block();
    }
    if (parser.unnoted > 0) {
      parser.notes.add("%s: %d more blocks are left out.".formatted(source.name(), parser.unnoted));
    }
    parser.cues.sort(Comparator.comparingLong(Cue::start));
    return new Parsed(
        new WebVtt(parser.header.toString(), parser.cues), parser.moved, parser.notes);
  }

  private void header() {
    String first = lines[0];
    boolean signed =
        first.startsWith(SIGNATURE)
            && (first.length() == SIGNATURE.length()
                || " \t".indexOf(first.charAt(SIGNATURE.length())) >= 0);
    if (!signed) {
      throw BadText.noSignature(source);
    }
    header.append(first.contains("-->") ? SIGNATURE : first.stripTrailing());
    at = 1;
    while (at < lines.length && !lines[at].isEmpty() && !lines[at].contains("-->")) {
      if (lines[at].startsWith(MAP)) {
        map(lines[at]);
      } else {
        header.append('\n').append(lines[at]);
      }
      at++;
    }
  }

  /** LOCAL of the cues and MPEGTS, at 90 kHz, of the media are the same instant. */
  private void map(String line) {
    Matcher mpegts = MPEGTS.matcher(line);
    Matcher local = LOCAL.matcher(line);
    long cueTime = local.find() ? VttTime.parse(local.group(1)) : -1;
    if (cueTime < 0 || !mpegts.find()) {
      throw BadText.badMap(source, at + 1);
    }
    moved = (Long.parseLong(mpegts.group(1)) + 45) / 90 - cueTime;
  }

  /** One cue, style, region or comment, and the empty line behind it. */
  private void block() {
    int first = at;
    boolean settled = false;
    @Nullable Matcher timings = null;
    String id = "";
    StringBuilder text = new StringBuilder();
    for (; at < lines.length && !lines[at].isEmpty(); at++) {
      if (lines[at].contains("-->")) {
        if (settled || at - first > 1) {
          break; // The next block begins without an empty line.
        }
        settled = true;
        Matcher matcher = TIMINGS.matcher(lines[at]);
        if (matcher.matches() && VttTime.of(matcher, 1) >= 0 && VttTime.of(matcher, 5) >= 0) {
          timings = matcher;
          id = text.toString();
          text.setLength(0);
        } else {
          leftOut(at, "its times cannot be read");
        }
      } else {
        text.append(text.length() == 0 ? "" : "\n").append(lines[at]);
      }
    }
    if (timings != null) {
      cue(first, id, timings, text.toString());
    } else if (!settled) {
      definition(first, text.toString());
    }
    if (at < lines.length && lines[at].isEmpty()) {
      at++;
    }
  }

  private void cue(int line, String id, Matcher timings, String text) {
    long start = VttTime.of(timings, 1);
    long end = VttTime.of(timings, 5);
    if (end <= start) {
      leftOut(line, "it ends before it starts");
      return;
    }
    cues.add(new Cue(id, start, end, settings(timings.group(9)), text));
  }

  /** The parser knows settings by their colon and passes over the rest. */
  private static String settings(String text) {
    StringBuilder settings = new StringBuilder();
    for (String setting : text.split("[ \\t\\f]+", -1)) {
      int colon = setting.indexOf(':');
      if (colon > 0 && colon < setting.length() - 1 && !setting.contains("-->")) {
        settings.append(settings.length() == 0 ? "" : " ").append(setting);
      }
    }
    return settings.toString();
  }

  private void definition(int line, String text) {
    int end = text.indexOf('\n');
    String name = (end < 0 ? text : text.substring(0, end)).stripTrailing();
    if (end < 0 || !(name.equals("STYLE") || name.equals("REGION"))) {
      return; // A comment, or text without times.
    }
    if (cues.isEmpty()) {
      header.append("\n\n").append(name).append(text, end, text.length());
    } else {
      leftOut(line, "a " + name + " behind a cue has no effect");
    }
  }

  private void leftOut(int line, String why) {
    if (notes.size() < NOTES) {
      notes.add(
          "%s: the block at line %d is left out: %s.".formatted(source.name(), line + 1, why));
    } else {
      unnoted++;
    }
  }
}
