package io.keymux.packager.dash;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.packager.media.PackagedTrack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tracks among which players switch, all with one key: players drop a whole set if they lack its
 * key, and only that one.
 *
 * @param id counts from 1
 * @param switching ids of the other sets with the same content and another key, whose segments lie
 *     at the same times
 */
record AdaptationSet(int id, Content content, List<PackagedTrack> tracks, List<Integer> switching) {

  /** What makes tracks interchangeable to a viewer and to a decoder. */
  record Content(
      TrackType type,
      String codecFamily,
      String language,
      int channels,
      int sampleRate,
      boolean hdr) {
    static Content of(Track track) {
      return new Content(
          track.type(),
          family(track),
          track.language(),
          track.channels(),
          track.sampleRate(),
          track.hdr());
    }

    /** Video profiles and levels mix in a decoder; audio object types may not. */
    private static String family(Track track) {
      int dot = track.codecs().indexOf('.');
      return track.type() == TrackType.VIDEO && dot > 0
          ? track.codecs().substring(0, dot)
          : track.codecs();
    }
  }

  private record Key(Content content, @Nullable KeyId keyId) {}

  /** In the order of their first tracks. */
  static List<AdaptationSet> of(List<PackagedTrack> tracks) {
    Map<Key, List<PackagedTrack>> sets = new LinkedHashMap<>();
    for (PackagedTrack track : tracks) {
      KeyId keyId = track.protection() == null ? null : track.protection().keyId();
      sets.computeIfAbsent(new Key(Content.of(track.track()), keyId), k -> new ArrayList<>())
          .add(track);
    }
    List<AdaptationSet> unlinked = new ArrayList<>();
    sets.forEach(
        (key, members) ->
            unlinked.add(
                new AdaptationSet(
                    unlinked.size() + 1, key.content(), List.copyOf(members), List.of())));
    return unlinked.stream().map(set -> set.linked(unlinked)).toList();
  }

  private AdaptationSet linked(List<AdaptationSet> all) {
    List<Integer> others =
        all.stream()
            .filter(other -> other.id != id && other.content.equals(content))
            .filter(other -> aligned() && other.aligned())
            .filter(other -> starts(other.tracks.get(0)).equals(starts(tracks.get(0))))
            .map(AdaptationSet::id)
            .toList();
    return new AdaptationSet(id, content, tracks, others);
  }

  /** Whether the segments of all tracks lie at the same times. */
  boolean aligned() {
    return tracks.stream().map(AdaptationSet::starts).distinct().count() == 1;
  }

  private static List<Long> starts(PackagedTrack track) {
    return track.segments().stream().map(s -> track.micros(s.start())).toList();
  }
}
