package io.keymux.packager.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.SampleTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes cues of samples: the reverse of {@link WvttSamples}. */
public final class WvttReader {
  private WvttReader() {}

  /**
   * Reads a track of {@code wvtt}.
   *
   * @param shift what is added to the track's times, in its ticks
   * @return cues in milliseconds; the pieces of one cue are put together again
   * @throws io.keymux.cpix.DrmException with code {@code malformed-mp4} if a sample is damaged,
   *     {@code text-too-large} if the track is no text, as its size says
   */
  public static WebVtt read(MediaTrack track, MediaSource source, long shift) {
    SampleTable table = track.samples();
    if (table.totalBytes() > 2L * BadText.MAX_BYTES) {
      throw BadText.tooLarge(source.name(), "track " + track.trackId() + " has");
    }
    List<Cue> cues = new ArrayList<>();
    Map<Integer, Integer> open = new HashMap<>();
    for (int i = 0; i < table.count(); i++) {
      long from = table.presentationTime(i) + shift;
      long start = millis(from, track.timescale());
      long end = millis(from + table.duration(i), track.timescale());
      Map<Integer, Integer> shown = new HashMap<>();
      for (Vttc box : sample(track, source, i)) {
        Integer before = box.source() == null ? null : open.get(box.source());
        int at;
        if (before != null) {
          at = before;
          cues.set(at, cues.get(at).at(cues.get(at).start(), end));
        } else if (end > start) {
          at = cues.size();
          cues.add(cue(box, start, end));
        } else {
          continue;
        }
        if (box.source() != null) {
          shown.put(box.source(), at);
        }
      }
      open = shown;
    }
    cues.sort(Comparator.comparingLong(Cue::start));
    return new WebVtt(header(track), cues);
  }

  /**
   * The cues of a sample.
   *
   * @throws io.keymux.cpix.DrmException with code {@code malformed-mp4} if it is damaged
   */
  static List<Vttc> sample(MediaTrack track, MediaSource source, int index) {
    byte[] bytes = new byte[track.samples().size(index)];
    source.read(track.samples().offset(index), bytes, 0, bytes.length);
    try {
      return Vttc.read(bytes);
    } catch (MalformedBoxException e) {
      throw BadText.badSample(source.name(), track.trackId(), index + 1, e.problem());
    }
  }

  /** Text in a box may hold what ends a cue in a file, so it is cleaned. */
  private static Cue cue(Vttc box, long start, long end) {
    long own = VttTime.parse(box.time());
    Cue cue = new Cue(oneLine(box.id()), start, end, oneLine(box.settings()), lines(box.text()));
    return own < 0
        ? cue
        : new Cue(cue.id(), start, end, cue.settings(), VttTime.moved(cue.text(), start - own));
  }

  private static String oneLine(String text) {
    return text.replace("-->", "").replaceAll("[\\r\\n\\x00]+", " ").strip();
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .replace("-->", "--&gt;")
        .replaceAll("\\n{2,}", "\n")
        .replaceAll("^\\n|\\n$", "");
  }

  private static String header(MediaTrack track) {
    String text = track.entry().child("vttC").map(WvttReader::utf8).orElse("");
    String clean =
        text.replace("\r\n", "\n")
            .replace('\r', '\n')
            .replace("-->", "")
            .replaceAll("(?m)^X-TIMESTAMP-MAP.*\\n?", "")
            .strip();
    return clean.startsWith(WebVttParser.SIGNATURE) ? clean : WebVttParser.SIGNATURE;
  }

  private static String utf8(Bytes bytes) {
    return new String(bytes.toArray(), UTF_8).replace("\0", "");
  }

  private static long millis(long ticks, int timescale) {
    long whole = Math.floorDiv(ticks, timescale);
    long rest = Math.floorMod(ticks, (long) timescale);
    return whole * 1000 + (rest * 1000 + timescale / 2) / timescale;
  }
}
