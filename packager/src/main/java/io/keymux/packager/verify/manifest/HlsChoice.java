package io.keymux.packager.verify.manifest;

import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackRole;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads by what a multivariant playlist tells renditions apart.
 *
 * @see "RFC 8216, 4.3.4.1 EXT-X-MEDIA"
 */
final class HlsChoice {
  private static final String ACCESSIBILITY = "public.accessibility.";

  private HlsChoice() {}

  /**
   * @param media an EXT-X-MEDIA
   */
  static Selection read(HlsAttributes media) {
    List<String> said = List.of(media.text("CHARACTERISTICS").split(",", -1));
    List<TrackRole> roles = new ArrayList<>();
    if (said.contains(ACCESSIBILITY + "describes-video")) {
      roles.add(TrackRole.DESCRIPTION);
    }
    if (said.contains(ACCESSIBILITY + "transcribes-spoken-dialog")) {
      roles.add(TrackRole.CAPTION);
    }
    if (said.contains(ACCESSIBILITY + "enhances-speech-intelligibility")) {
      roles.add(TrackRole.ENHANCED_AUDIO_INTELLIGIBILITY);
    }
    if (said.contains("public.easy-to-read")) {
      roles.add(TrackRole.EASYREADER);
    }
    if (media.text("FORCED").equals("YES")) {
      roles.add(TrackRole.FORCED_SUBTITLE);
    }
    return MpdChoice.selection(media.get("NAME"), roles, media.text("DEFAULT").equals("YES"));
  }
}
