package io.keymux.cpix;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The key rules that follow from the tracks at hand: the filters for each track type. */
final class TrackRules {
  private TrackRules() {}

  static Map<String, List<Filter>> shared(List<Track> media) {
    Map<String, List<Filter>> perType = perType(media);
    return perType.size() == 1
        ? perType
        : Map.of(RuleMatch.SHARED_TRACK_TYPE, List.of(VideoFilter.ANY, AudioFilter.ANY));
  }

  static Map<String, List<Filter>> perType(List<Track> media) {
    Map<String, List<Filter>> filters = new LinkedHashMap<>();
    media.forEach(track -> filters.put(track.type().name(), List.of(any(track.type()))));
    return filters;
  }

  static Map<String, List<Filter>> perTrack(List<Track> media) {
    Map<String, List<Filter>> filters = new LinkedHashMap<>();
    for (Track track : media) {
      Filter exact =
          track.type() == TrackType.VIDEO
              ? VideoFilter.pixels(track.pixels(), track.pixels())
              : new AudioFilter(track.channels(), track.channels());
      if (filters.put(track.name(), List.of(new LabelFilter(track.name()), exact)) != null) {
        throw new IllegalArgumentException("two tracks are called " + track.name());
      }
    }
    return filters;
  }

  static Map<String, List<Filter>> perLabel(List<Track> media) {
    Map<String, List<Track>> byLabel = new LinkedHashMap<>();
    media.forEach(
        track -> byLabel.computeIfAbsent(label(track), label -> new ArrayList<>()).add(track));
    Map<String, List<Filter>> filters = new LinkedHashMap<>();
    byLabel.forEach(
        (label, sharing) -> {
          List<Filter> of = new ArrayList<>(List.of(new LabelFilter(label)));
          if (sharing.stream().map(Track::type).distinct().count() == 1) {
            of.add(any(sharing.get(0).type()));
          }
          filters.put(label, of);
        });
    return filters;
  }

  private static String label(Track track) {
    List<String> labels =
        track.labels().stream().filter(label -> !label.equals(track.name())).sorted().toList();
    if (labels.isEmpty()) {
      throw KeyRule.failure(
          "track-without-label",
          "Key rule labels needs a label on track %s.".formatted(track.describe()),
          "Label every video and audio track, or choose another key rule.");
    }
    if (labels.size() > 1) {
      throw KeyRule.failure(
          "track-with-several-labels",
          "Track %s has the labels %s; each would give it a key."
              .formatted(track.describe(), labels),
          "Leave one label on each track.");
    }
    return labels.get(0);
  }

  private static Filter any(TrackType type) {
    return type == TrackType.VIDEO ? VideoFilter.ANY : AudioFilter.ANY;
  }
}
