package io.keymux.packager.verify;

import io.keymux.cpix.DrmException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.ThumbnailTrack;
import io.keymux.packager.media.Tiling;
import io.keymux.packager.verify.manifest.DescribedThumbnails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds the images that a job published against those that it was given, byte for byte, and the
 * manifests against both.
 */
final class ThumbnailOutputCheck {
  private static final double ROUNDING_SECONDS = 0.001;

  private final Path folder;
  private final Consumer<Finding> findings;

  private ThumbnailOutputCheck(Path folder, Consumer<Finding> findings) {
    this.folder = folder;
    this.findings = findings;
  }

  /**
   * @param said by all manifests
   * @param formats of the manifests
   */
  static void check(
      Presentation presentation,
      List<DescribedThumbnails> said,
      Set<OutputFormat> formats,
      Path folder,
      Consumer<Finding> findings) {
    ThumbnailOutputCheck check = new ThumbnailOutputCheck(folder, findings);
    List<DescribedThumbnails> foreign = new ArrayList<>(said);
    for (ThumbnailTrack track : presentation.thumbnails()) {
      List<DescribedThumbnails> own = said.stream().filter(s -> isOf(track, s)).toList();
      foreign.removeAll(own);
      check.bytes(track);
      own.forEach(s -> check.description(track, s));
      if (formats.contains(OutputFormat.DASH)) {
        check.names(track, own.stream().filter(s -> !s.hls()).toList(), "the MPD");
      }
      if (formats.contains(OutputFormat.HLS)) {
        check.names(track, own.stream().filter(DescribedThumbnails::hls).toList(), "HLS");
      }
    }
    for (DescribedThumbnails other : foreign) {
      check.error("manifest-names-other-media", other.place(), "its images were not written");
    }
  }

  private static boolean isOf(ThumbnailTrack track, DescribedThumbnails said) {
    return said.images().stream().allMatch(i -> i.piece().name().startsWith(track.name() + "/"));
  }

  private void bytes(ThumbnailTrack track) {
    for (int i = 0; i < track.images().size(); i++) {
      try (MediaSource given = track.images().get(i).source().open()) {
        byte[] written = Files.readAllBytes(folder.resolve(track.path(i)));
        byte[] wanted = new byte[Math.toIntExact(given.size())];
        given.read(0, wanted, 0, wanted.length);
        if (!Arrays.equals(wanted, written)) {
          error("thumbnail-not-the-source", track.path(i), "it is not the image that was given");
        }
      } catch (IOException | DrmException e) {
        error("file-unreadable", track.path(i), "it cannot be compared with the image given");
      }
    }
  }

  private void description(ThumbnailTrack track, DescribedThumbnails said) {
    Tiling tiling = track.tiling();
    double every = tiling.everyMicros() / 1e6;
    if (said.columns() != tiling.columns() || said.rows() != tiling.rows()) {
      error(
          "thumbnail-grid",
          said.place(),
          "%dx%d, the job says %s".formatted(said.columns(), said.rows(), tiling.layout()));
    }
    if (Math.abs(said.thumbSeconds() - every) > ROUNDING_SECONDS) {
      error(
          "thumbnail-duration",
          said.place(),
          "a thumbnail stands for %s s, the job says %s"
              .formatted(said.thumbSeconds(), tiling.everySeconds()));
    }
    List<String> paths = track.paths();
    for (DescribedThumbnails.Image image : said.images()) {
      double start = paths.indexOf(image.piece().name()) * (tiling.imageMicros() / 1e6);
      if (Math.abs(image.start() - start) > ROUNDING_SECONDS) {
        error(
            "thumbnail-duration",
            said.place(),
            "%s begins at %s s, it should at %s"
                .formatted(image.piece().name(), image.start(), start));
        return;
      }
    }
  }

  /** Periods may share an image on their border. */
  private void names(ThumbnailTrack track, List<DescribedThumbnails> said, String where) {
    List<String> named =
        said.stream()
            .flatMap(s -> s.images().stream())
            .map(image -> image.piece().name())
            .distinct()
            .toList();
    if (!named.equals(track.paths())) {
      error(
          "manifest-names-other-media",
          track.name(),
          "%s names %d images, %d were written"
              .formatted(where, named.size(), track.images().size()));
    }
  }

  private void error(String code, String place, String message) {
    findings.accept(Finding.error(code, place, message));
  }
}
