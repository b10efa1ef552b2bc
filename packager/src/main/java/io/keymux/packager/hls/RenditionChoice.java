package io.keymux.packager.hls;

import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer chooses a rendition by. Groups hold one rendition for each choice.
 *
 * @param language BCP-47, {@code und} if unknown
 * @param name as the job gives it, or null
 */
record RenditionChoice(String language, @Nullable String name, List<TrackRole> roles) {
  static RenditionChoice of(PackagedTrack track) {
    Selection selection = track.details().selection();
    return new RenditionChoice(track.track().language(), selection.name(), selection.roles());
  }

  boolean isForced() {
    return roles.contains(TrackRole.FORCED_SUBTITLE);
  }

  /**
   * For people who cannot see or hear all of it.
   *
   * @see "RFC 8216, 4.3.4.1 EXT-X-MEDIA: CHARACTERISTICS; HLS Authoring Specification, 5"
   */
  List<String> characteristics() {
    List<String> texts = new ArrayList<>();
    if (roles.contains(TrackRole.DESCRIPTION)) {
      texts.add("public.accessibility.describes-video");
    }
    if (roles.contains(TrackRole.CAPTION)) {
      texts.add("public.accessibility.transcribes-spoken-dialog");
      texts.add("public.accessibility.describes-music-and-sound");
    }
    if (roles.contains(TrackRole.ENHANCED_AUDIO_INTELLIGIBILITY)) {
      texts.add("public.accessibility.enhances-speech-intelligibility");
    }
    if (roles.contains(TrackRole.EASYREADER)) {
      texts.add("public.easy-to-read");
    }
    return texts;
  }

  /** What no two renditions may share that players choose from by themselves. */
  List<Object> automatic() {
    return List.of(language, isForced(), characteristics());
  }

  // Written out: what the compiler makes is linked at run time, which a short job would feel.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RenditionChoice choice
        && language.equals(choice.language)
        && Objects.equals(name, choice.name)
        && roles.equals(choice.roles);
  }

  @Override
  public int hashCode() {
    return 31 * language.hashCode() + roles.hashCode();
  }
}
