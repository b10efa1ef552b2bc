package io.keymux.packager.verify;

import io.keymux.cpix.DrmException;
import io.keymux.packager.image.ImageFile;
import io.keymux.packager.verify.manifest.DescribedThumbnails;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds what manifests say of images of thumbnails against the images and the media. */
final class ThumbnailCheck {
  /** Playlists and MPDs round each to its own digits. */
  private static final double ROUNDING_SECONDS = 0.01;

  private final Consumer<Finding> findings;
  private final Map<String, @Nullable ImageFile> files = new HashMap<>();
  private final Map<String, Earlier> earlier = new HashMap<>();

  /** What another manifest, or another Period, said of an image. */
  private record Earlier(DescribedThumbnails by, double start) {}

  ThumbnailCheck(Consumer<Finding> findings) {
    this.findings = findings;
  }

  void check(DescribedThumbnails said) {
    if (said.images().isEmpty()) {
      error("no-segments", said.place(), "no image of it can be read");
      return;
    }
    boolean grid = said.columns() > 0 && said.rows() > 0;
    if (!grid) {
      error("thumbnail-grid", said.place(), "columns and rows of the images are not said");
    }
    images(said, grid);
    if (grid) {
      durations(said);
      agreement(said);
    }
  }

  /** Of an image all manifests say the same. */
  private void agreement(DescribedThumbnails said) {
    for (DescribedThumbnails.Image image : said.images()) {
      Earlier other = earlier.putIfAbsent(image.piece().name(), new Earlier(said, image.start()));
      if (other == null) {
        continue;
      }
      String name = image.piece().name();
      if (other.by().columns() != said.columns() || other.by().rows() != said.rows()) {
        error(
            "thumbnail-grid",
            said.place(),
            "%s has %dx%d thumbnails, %s says %dx%d"
                .formatted(
                    name,
                    said.columns(),
                    said.rows(),
                    other.by().place(),
                    other.by().columns(),
                    other.by().rows()));
        return;
      }
      if (Math.abs(other.start() - image.start()) > ROUNDING_SECONDS
          || Math.abs(other.by().imageSeconds() - said.imageSeconds()) > ROUNDING_SECONDS) {
        error(
            "thumbnail-duration",
            said.place(),
            "%s stands for %s from %s on, %s says %s from %s on"
                .formatted(
                    name,
                    seconds(said.imageSeconds()),
                    seconds(image.start()),
                    other.by().place(),
                    seconds(other.by().imageSeconds()),
                    seconds(other.start())));
        return;
      }
    }
  }

  private void images(DescribedThumbnails said, boolean grid) {
    long largest = 0;
    for (DescribedThumbnails.Image image : said.images()) {
      ImageFile file = file(image);
      if (file != null) {
        largest = Math.max(largest, file.bytes());
        if (!image(said, grid, image.piece().name(), file)) {
          return;
        }
      }
    }
    double needed = said.imageSeconds() > 0 ? largest * 8 / said.imageSeconds() : 0;
    // Both are rounded up, and durations are rounded too.
    if (said.bandwidth() > 0 && needed > said.bandwidth() * 1.01 + 1) {
      error(
          "bandwidth-too-low",
          said.place(),
          "an image of %d bytes in %s takes %d bit/s, it says %d"
              .formatted(largest, seconds(said.imageSeconds()), (long) needed, said.bandwidth()));
    }
  }

  /** False after saying what is wrong: the same is wrong with the images behind. */
  private boolean image(DescribedThumbnails said, boolean grid, String name, ImageFile file) {
    String format = said.format();
    if (!format.isEmpty()
        && !format.equals(file.format().mimeType())
        && !format.equals(file.format().codec())) {
      error(
          "thumbnail-type",
          name,
          "a %s, %s says %s".formatted(file.format(), said.place(), format));
      return false;
    }
    String size = file.width() + "x" + file.height();
    if (said.width() > 0
        && said.height() > 0
        && (file.width() != said.width() || file.height() != said.height())) {
      error(
          "thumbnail-size",
          name,
          "%s pixels, %s says %dx%d".formatted(size, said.place(), said.width(), said.height()));
      return false;
    }
    if (grid && (file.width() % said.columns() != 0 || file.height() % said.rows() != 0)) {
      error(
          "thumbnail-grid",
          name,
          "%s pixels, which %dx%d thumbnails do not divide"
              .formatted(size, said.columns(), said.rows()));
      return false;
    }
    return true;
  }

  /** An image that several manifests name is read once. */
  private @Nullable ImageFile file(DescribedThumbnails.Image image) {
    String name = image.piece().name();
    if (!files.containsKey(name)) {
      ImageFile read = null;
      try {
        read = ImageFile.read(image.piece().file());
      } catch (DrmException e) {
        error(e.code(), name, e.problem());
      }
      files.put(name, read);
    }
    return files.get(name);
  }

  /** All but the last stand for their whole time, and together for the media. */
  private void durations(DescribedThumbnails said) {
    List<DescribedThumbnails.Image> images = said.images();
    double full = said.imageSeconds();
    for (int i = 0; i < images.size(); i++) {
      double lasts = images.get(i).seconds();
      boolean isLast = i == images.size() - 1;
      if (lasts <= 0
          || lasts > full + ROUNDING_SECONDS
          || (!isLast && lasts < full - ROUNDING_SECONDS)) {
        error(
            "thumbnail-duration",
            said.place(),
            "%s lasts %s, its %dx%d thumbnails of %s last %s"
                .formatted(
                    images.get(i).piece().name(),
                    seconds(lasts),
                    said.columns(),
                    said.rows(),
                    seconds(said.thumbSeconds()),
                    seconds(full)));
        return;
      }
    }
    DescribedThumbnails.Image last = images.get(images.size() - 1);
    if (said.end() >= 0
        && (last.start() > said.end() - ROUNDING_SECONDS / 2
            || last.start() + full < said.end() - said.thumbSeconds() - ROUNDING_SECONDS)) {
      findings.accept(
          Finding.warning(
              "thumbnail-span",
              said.place(),
              "the last image stands from %s to %s, the media ends at %s"
                  .formatted(
                      seconds(last.start()), seconds(last.start() + full), seconds(said.end()))));
    }
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f s", seconds);
  }

  private void error(String code, String place, String message) {
    findings.accept(Finding.error(code, place, message));
  }
}
