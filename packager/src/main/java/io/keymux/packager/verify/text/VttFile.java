package io.keymux.packager.verify.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.packager.verify.manifest.ManifestProblems;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment of WebVTT as it was read, strictly: what a lenient parser passes over is a problem.
 *
 * @param mpegts of X-TIMESTAMP-MAP, in ticks of 90 kHz; 0 if there is no map
 * @param local of X-TIMESTAMP-MAP, in milliseconds
 * @param hasMap whether there is one
 */
record VttFile(long mpegts, long local, boolean hasMap, List<ReadCue> cues) {
  private static final String MAP = "X-TIMESTAMP-MAP=";

  VttFile {
    cues = List.copyOf(cues);
  }

  /** A cue; times in milliseconds of the file. */
  record ReadCue(String id, long start, long end, String settings, String text) {
    ReadCue later(long millis) {
      return new ReadCue(id, start + millis, end + millis, settings, text);
    }
  }

  /** Null after saying what is wrong. */
  static @Nullable VttFile read(byte[] bytes, String place, ManifestProblems problems) {
    List<String> lines;
    try {
      lines = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().lines().toList();
    } catch (CharacterCodingException e) {
      problems.problem("webvtt-unreadable", place, "it is not UTF-8");
      return null;
    }
    String first = lines.isEmpty() ? "" : lines.get(0).replaceFirst("^\ufeff", "");
    if (!first.equals("WEBVTT") && !first.startsWith("WEBVTT ") && !first.startsWith("WEBVTT\t")) {
      problems.problem("webvtt-unreadable", place, "it does not begin with WEBVTT");
      return null;
    }
    Reading reading = new Reading(place, problems);
    int at = 1;
    for (; at < lines.size() && !lines.get(at).isEmpty(); at++) {
      if (lines.get(at).startsWith(MAP)) {
        reading.map(lines.get(at).substring(MAP.length()));
      }
    }
    while (at < lines.size()) {
      int end = at;
      while (end < lines.size() && !lines.get(end).isEmpty()) {
        end++;
      }
      reading.block(lines.subList(at, end), at + 1);
      at = end + 1;
    }
    return new VttFile(reading.mpegts, reading.local, reading.hasMap, reading.cues);
  }

  private static final class Reading {
    private final String place;
    private final ManifestProblems problems;
    private final List<ReadCue> cues = new ArrayList<>();
    private long mpegts;
    private long local;
    private boolean hasMap;

    Reading(String place, ManifestProblems problems) {
      this.place = place;
      this.problems = problems;
    }

    void map(String text) {
      long ticks = -1;
      long cueTime = -1;
      for (String part : text.split(",", -1)) {
        if (part.startsWith("MPEGTS:") && part.substring(7).matches("\\d{1,15}")) {
          ticks = Long.parseLong(part.substring(7));
        } else if (part.startsWith("LOCAL:")) {
          cueTime = millis(part.substring(6));
        }
      }
      if (ticks < 0 || cueTime < 0) {
        problems.problem("webvtt-timestamp-map", place, MAP + text + " cannot be read");
        return;
      }
      mpegts = ticks;
      local = cueTime;
      hasMap = true;
    }

    void block(List<String> lines, int line) {
      int timing = 0;
      while (timing < lines.size() && !lines.get(timing).contains("-->")) {
        timing++;
      }
      if (timing == lines.size()) {
        return; // Empty, a comment, a style or a region.
      }
      String[] times = lines.get(timing).split("-->", -1);
      String[] behind = times.length == 2 ? times[1].strip().split("\\s+", 2) : new String[] {""};
      long start = millis(times[0].strip());
      long end = millis(behind[0]);
      if (timing > 1 || start < 0 || end <= start) {
        problems.problem(
            "webvtt-unreadable", place + " line " + (line + timing), "a cue cannot be read");
        return;
      }
      cues.add(
          new ReadCue(
              timing == 0 ? "" : lines.get(0),
              start,
              end,
              behind.length == 2 ? behind[1] : "",
              String.join("\n", lines.subList(timing + 1, lines.size()))));
    }

    /** -1 if it is no time. */
    private static long millis(String text) {
      if (!text.matches("(\\d{2,9}:)?[0-5]\\d:[0-5]\\d\\.\\d{3}")) {
        return -1;
      }
      long value = 0;
      for (String number : text.substring(0, text.length() - 4).split(":", -1)) {
        value = value * 60 + Long.parseLong(number);
      }
      return value * 1000 + Long.parseLong(text.substring(text.length() - 3));
    }
  }
}
