package io.keymux.packager.verify;

import io.keymux.packager.verify.manifest.DescribedTrack;
import io.keymux.packager.verify.manifest.Manifest;
import io.keymux.packager.verify.manifest.MediaPiece;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Holds all that manifests say of their tracks against what was read of the media. */
final class ManifestCheck {
  private ManifestCheck() {}

  /**
   * @param media by {@link DescribedTrack#pieces}
   */
  static void check(
      Manifest manifest, Map<List<MediaPiece>, MediaFacts> media, VerifyContext context) {
    BandwidthCheck bandwidth = new BandwidthCheck(context::add, track -> media.get(track.pieces()));
    for (DescribedTrack track : manifest.tracks()) {
      MediaFacts facts = media.get(track.pieces());
      if (facts == null) {
        context.add(
            Finding.error(
                "manifest-names-other-media",
                track.place(),
                "its segments are not those that were written"));
        continue;
      }
      DescriptionCheck.check(track, facts, context::add);
      SegmentKeysCheck.check(track, facts, context::add);
      TimingCheck.check(track, facts, context::add);
      FormatCheck.check(track.place(), track.format(), List.of(facts), context::add);
      bandwidth.check(track);
    }
    for (Manifest.Variant variant : manifest.variants()) {
      List<MediaFacts> facts =
          variant.tracks().stream()
              .map(track -> media.get(track.pieces()))
              .filter(Objects::nonNull)
              .distinct()
              .toList();
      FormatCheck.check(variant.place(), variant.format(), facts, context::add);
      bandwidth.check(variant);
    }
  }
}
