package io.keymux.packager.media;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a track is for, as a viewer or a player chooses by it.
 *
 * @see "ISO/IEC 23009-1, 5.8.5.5 DASH role scheme"
 */
public enum TrackRole {
  /** What plays unless somebody chooses otherwise. */
  MAIN,
  /** Another version of the same content. */
  ALTERNATE,
  /** Belongs to other content, without being needed for it. */
  SUPPLEMENTARY,
  /** Somebody talks about the content. */
  COMMENTARY,
  /** Speech in another language than the original. */
  DUB,
  /** The picture is described for those who do not see it. */
  DESCRIPTION,
  /** Speech that is easier to understand. */
  ENHANCED_AUDIO_INTELLIGIBILITY,
  /** Text of what is said. */
  SUBTITLE,
  /** Text of what is said and of other sounds, for those who do not hear. */
  CAPTION,
  /** Text that shows even if subtitles are off. */
  FORCED_SUBTITLE,
  /** Text that is easy to read. */
  EASYREADER,
  /** Video with sign language. */
  SIGN;

  /** The value in an MPD: {@code forced-subtitle}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException naming all roles, if there is none of that id
   */
  public static TrackRole ofId(String id) {
    for (TrackRole role : values()) {
      if (role.id().equals(id)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is none of %s."
            .formatted(
                id, Arrays.stream(values()).map(TrackRole::id).collect(Collectors.joining(", "))));
  }
}
