package io.keymux.cpix;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many keys a job asks for, and which tracks share one.
 *
 * <p>KIDs depend on the content id, the track type of the rule and the index of the key period
 * only: the same asset asks for the same keys again, whatever else is in the job.
 */
public enum KeyRule {
  /**
   * One key for all tracks. Track type {@code ALL}, one bare video and one bare audio filter as
   * SPEKE wants it; {@code VIDEO} or {@code AUDIO} with its one filter if the job has only that
   * kind.
   */
  PRESET0,
  /** A key for each track. The track type is the track's name. */
  PRESET1,
  /** A key for video and a key for audio: track types {@code VIDEO} and {@code AUDIO}. */
  PER_TYPE,
  /**
   * A key for each label that the caller put on tracks. The track type is the label; a bare video
   * or audio filter stands beside the label filter if all tracks of the label are of that kind.
   */
  LABELS;

  /** The name on the command line and in the API: {@code per-type}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @param id {@code preset0}, {@code preset1}, {@code per-type} or {@code labels}
   * @throws DrmException with code {@code unknown-key-rule} for anything else
   */
  public static KeyRule ofId(String id) {
    for (KeyRule rule : values()) {
      if (rule.id().equals(id)) {
        return rule;
      }
    }
    throw failure(
        "unknown-key-rule",
        "\"" + id + "\" is not a key rule.",
        "Use preset0, preset1, per-type or labels.");
  }

  /** The usage rules of keys that do not rotate; see {@link #rules(String, List, KeyPeriod)}. */
  public List<UsageRule> rules(String contentId, List<Track> tracks) {
    return rules(contentId, tracks, null);
  }

  /**
   * The usage rules to ask for keys with. Text tracks get none.
   *
   * @param tracks the tracks to be encrypted, with distinct names
   * @param period the key period that they are for: each has KIDs of its own, and an index. Null if
   *     keys do not rotate. The rules do not name it
   * @return at least one; track types are distinct; order follows {@code tracks}
   * @throws DrmException with code {@code no-track-to-encrypt} if there is neither video nor audio;
   *     for {@link #LABELS} with code {@code track-without-label} or {@code
   *     track-with-several-labels} if a track does not have exactly one label beside its name
   */
  public List<UsageRule> rules(String contentId, List<Track> tracks, @Nullable KeyPeriod period) {
    Long index = period == null ? null : index(period);
    List<Track> media = tracks.stream().filter(track -> track.type() != TrackType.TEXT).toList();
    if (media.isEmpty()) {
      throw failure(
          "no-track-to-encrypt",
          "None of the %d tracks is video or audio.".formatted(tracks.size()),
          "Give an input with video or audio that is not listed as clear.");
    }
    Map<String, List<Filter>> byType =
        switch (this) {
          case PRESET0 -> shared(media);
          case PRESET1 -> perTrack(media);
          case PER_TYPE -> perType(media);
          case LABELS -> perLabel(media);
        };
    List<UsageRule> rules = new ArrayList<>();
    byType.forEach(
        (type, filters) ->
            rules.add(new UsageRule(NamedKeyId.of(contentId, type, index), type, filters)));
    return List.copyOf(rules);
  }

  private static long index(KeyPeriod period) {
    Long index = period.index();
    if (index == null) {
      throw new IllegalArgumentException("a key period to ask for needs an index");
    }
    return index;
  }

  private static Map<String, List<Filter>> shared(List<Track> media) {
    Map<String, List<Filter>> perType = perType(media);
    return perType.size() == 1
        ? perType
        : Map.of(RuleMatch.SHARED_TRACK_TYPE, List.of(VideoFilter.ANY, AudioFilter.ANY));
  }

  private static Map<String, List<Filter>> perType(List<Track> media) {
    Map<String, List<Filter>> filters = new LinkedHashMap<>();
    media.forEach(track -> filters.put(track.type().name(), List.of(any(track.type()))));
    return filters;
  }

  private static Map<String, List<Filter>> perTrack(List<Track> media) {
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

  private static Map<String, List<Filter>> perLabel(List<Track> media) {
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
      throw failure(
          "track-without-label",
          "Key rule labels needs a label on track %s.".formatted(track.describe()),
          "Label every video and audio track, or choose another key rule.");
    }
    if (labels.size() > 1) {
      throw failure(
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

  private static DrmException failure(String code, String problem, String remedy) {
    return new DrmException(DrmException.Blame.CALLER, code, problem, remedy);
  }
}
