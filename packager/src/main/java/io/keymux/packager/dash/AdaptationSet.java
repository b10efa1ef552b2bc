package io.keymux.packager.dash;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.SpatialAudio;
import io.keymux.packager.codec.VideoRange;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackDetails;
import io.keymux.packager.media.TrackProtection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tracks among which players switch, all with one key: players drop a whole set if they lack its
 * key, and only that one.
 *
 * @param id counts from 1
 * @param switching ids of the other sets with the same content and another key, whose segments lie
 *     at the same times
 * @param picturesOf ids of the sets whose pictures it holds, for trick play
 */
record AdaptationSet(
    int id,
    Content content,
    List<PackagedTrack> tracks,
    List<Integer> switching,
    List<Integer> picturesOf) {

  /** What makes tracks interchangeable to a viewer and to a decoder. */
  record Content(
      TrackType type,
      String codecFamily,
      String language,
      int channels,
      int sampleRate,
      VideoRange range,
      @Nullable SpatialAudio spatial,
      Selection selection,
      boolean trickPlay) {
    static Content of(PackagedTrack packaged) {
      Track track = packaged.track();
      TrackDetails details = packaged.details();
      return new Content(
          track.type(),
          family(track),
          track.language(),
          track.channels(),
          track.sampleRate(),
          details.range(),
          details.spatial(),
          details.selection(),
          details.picturesOf() != null);
    }

    boolean isSame(Content other) {
      return type == other.type
          && codecFamily.equals(other.codecFamily)
          && language.equals(other.language)
          && channels == other.channels
          && sampleRate == other.sampleRate
          && range == other.range
          && Objects.equals(spatial, other.spatial)
          && selection.equals(other.selection)
          && trickPlay == other.trickPlay;
    }

    /** Video profiles and levels mix in a decoder; audio object types may not. */
    private static String family(Track track) {
      int dot = track.codecs().indexOf('.');
      return track.type() == TrackType.VIDEO && dot > 0
          ? track.codecs().substring(0, dot)
          : track.codecs();
    }
  }

  /** In the order of their first tracks. */
  static List<AdaptationSet> of(List<PackagedTrack> tracks) {
    List<List<PackagedTrack>> groups = new ArrayList<>();
    for (PackagedTrack track : tracks) {
      groups.stream()
          .filter(group -> belongs(track, group.get(0)))
          .findFirst()
          .orElseGet(() -> newGroup(groups))
          .add(track);
    }
    List<AdaptationSet> unlinked = new ArrayList<>();
    for (List<PackagedTrack> group : groups) {
      Content content = Content.of(group.get(0));
      unlinked.add(
          new AdaptationSet(
              unlinked.size() + 1, content, List.copyOf(group), List.of(), List.of()));
    }
    return unlinked.stream().map(set -> set.linked(unlinked)).toList();
  }

  private static List<PackagedTrack> newGroup(List<List<PackagedTrack>> groups) {
    List<PackagedTrack> group = new ArrayList<>();
    groups.add(group);
    return group;
  }

  private static boolean belongs(PackagedTrack track, PackagedTrack member) {
    return keyIds(track).equals(keyIds(member)) && Content.of(track).isSame(Content.of(member));
  }

  private static List<KeyId> keyIds(PackagedTrack track) {
    return track.protections().stream().map(TrackProtection::keyId).toList();
  }

  private AdaptationSet linked(List<AdaptationSet> all) {
    List<Integer> others =
        all.stream()
            .filter(other -> other.id != id && other.content.isSame(content))
            .filter(other -> aligned() && other.aligned())
            .filter(other -> starts(other.tracks.get(0)).equals(starts(tracks.get(0))))
            .map(AdaptationSet::id)
            .toList();
    List<Integer> main = all.stream().filter(this::holdsPicturesOf).map(AdaptationSet::id).toList();
    return new AdaptationSet(id, content, tracks, others, main);
  }

  private boolean holdsPicturesOf(AdaptationSet other) {
    return tracks.stream()
        .map(track -> track.details().picturesOf())
        .filter(Objects::nonNull)
        .anyMatch(main -> other.tracks.stream().anyMatch(t -> t.track().equals(main)));
  }

  /** Whether the segments of all tracks lie at the same times. */
  boolean aligned() {
    return tracks.stream().map(AdaptationSet::starts).distinct().count() == 1;
  }

  private static List<Long> starts(PackagedTrack track) {
    return track.segments().stream().map(s -> track.micros(s.start())).toList();
  }
}
