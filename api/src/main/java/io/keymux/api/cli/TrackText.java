package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Value;
import io.keymux.cpix.ResolutionContext;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackProperty;
import io.keymux.cpix.TrackType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A track written on the command line: {@code video,1920x1080,25fps,5000000bps,hdr,label=UHD} or
 * {@code audio,2ch,128000bps}. What is not said is unknown, and a rule that looks at it cannot be
 * used.
 */
final class TrackText {
  static final String FORM =
      "video[,WxH][,Nfps][,Nbps][,hdr|sdr][,wcg|bt709][,label=X] or audio[,Nch][,Nbps][,label=X]";

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
  private static final Pattern UNIT = Pattern.compile("(\\d{1,10}(?:\\.\\d{1,6})?)(fps|bps|ch)");

  private final TrackType type;
  private final Set<String> labels = new HashSet<>();
  private final Set<TrackProperty> known = new HashSet<>();
  private int width;
  private int height;
  private double frameRate;
  private long bitrate;
  private int channels;
  private boolean hdr;
  private boolean wcg;

  private TrackText(TrackType type) {
    this.type = type;
  }

  /**
   * @param number counted from 1, part of the track's name
   */
  static ResolutionContext of(Value value, int number) {
    List<String> words = List.of(value.text().split(",", -1));
    TrackText text =
        new TrackText(
            switch (words.get(0)) {
              case "video" -> TrackType.VIDEO;
              case "audio" -> TrackType.AUDIO;
              default -> throw value.refused("it does not begin with video or audio");
            });
    words.subList(1, words.size()).forEach(word -> text.take(word, value));
    return text.context(words.get(0) + "-" + number);
  }

  private void take(String word, Value value) {
    Matcher size = SIZE.matcher(word);
    Matcher unit = UNIT.matcher(word);
    if (word.startsWith("label=") && word.length() > 6) {
      labels.add(word.substring(6));
      known.add(TrackProperty.LABELS);
    } else if (type == TrackType.VIDEO && size.matches()) {
      width = Integer.parseInt(size.group(1));
      height = Integer.parseInt(size.group(2));
      known.add(TrackProperty.PIXELS);
    } else if (unit.matches()) {
      take(Double.parseDouble(unit.group(1)), unit.group(2));
    } else if (type == TrackType.VIDEO && List.of("hdr", "sdr").contains(word)) {
      hdr = word.equals("hdr");
      known.add(TrackProperty.HDR);
    } else if (type == TrackType.VIDEO && List.of("wcg", "bt709").contains(word)) {
      wcg = word.equals("wcg");
      known.add(TrackProperty.WCG);
    } else {
      throw value.refused("\"" + word + "\" is no property of a track; write " + FORM);
    }
  }

  private void take(double number, String unit) {
    switch (unit) {
      case "fps" -> {
        frameRate = number;
        known.add(TrackProperty.FRAME_RATE);
      }
      case "bps" -> {
        bitrate = (long) number;
        known.add(TrackProperty.BITRATE);
      }
      default -> {
        channels = (int) number;
        known.add(TrackProperty.CHANNELS);
      }
    }
  }

  private ResolutionContext context(String name) {
    labels.add(name);
    Track track =
        new Track(
            name, type, labels, "und", "", bitrate, width, height, frameRate, hdr, wcg, channels,
            0);
    List<TrackProperty> unknown = new ArrayList<>();
    for (TrackProperty property : TrackProperty.values()) {
      if (!known.contains(property) && matters(property)) {
        unknown.add(property);
      }
    }
    return ResolutionContext.of(track).lacking(unknown.toArray(TrackProperty[]::new));
  }

  /** A track without a label has none, which is something known. */
  private boolean matters(TrackProperty property) {
    return switch (property) {
      case LABELS -> false;
      case BITRATE -> true;
      case CHANNELS -> type == TrackType.AUDIO;
      case PIXELS, FRAME_RATE, HDR, WCG -> type == TrackType.VIDEO;
    };
  }
}
