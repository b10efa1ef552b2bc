package io.keymux.packager.plan;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.image.ImageFile;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.ThumbnailTrack;
import io.keymux.packager.media.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the images of an input of thumbnails, and says whether they fit the grid and the media. */
final class ThumbnailImages {
  private static final double ROUNDING_SECONDS = 0.001;

  private ThumbnailImages() {}

  /**
   * @throws DrmException with a code of {@link ImageFile#read} if an image cannot be read, {@code
   *     thumbnails-differ} if one has another format or size than the first, {@code
   *     thumbnails-indivisible} if the grid does not divide their size
   */
  static ThumbnailTrack open(JobInput input, Tiling tiling, TrackNamer namer) {
    List<InputFile> files = new ArrayList<>(List.of(input.file()));
    files.addAll(input.segments());
    List<ThumbnailTrack.Image> images = new ArrayList<>();
    for (InputFile file : files) {
      ImageFile image = ImageFile.read(file);
      ImageFile first = images.isEmpty() ? image : images.get(0).file();
      if (image.format() != first.format()
          || image.width() != first.width()
          || image.height() != first.height()) {
        throw new DrmException(
            Blame.CALLER,
            "thumbnails-differ",
            "Image %s is %s, but %s is %s."
                .formatted(file.name(), describe(image), input.file().name(), describe(first)),
            "Give each format and size as an input of its own.");
      }
      images.add(new ThumbnailTrack.Image(file, image));
    }
    ImageFile first = images.get(0).file();
    if (first.width() % tiling.columns() != 0 || first.height() % tiling.rows() != 0) {
      throw new DrmException(
          Blame.CALLER,
          "thumbnails-indivisible",
          "Image %s is %s, which %s thumbnails do not divide without a rest."
              .formatted(input.file().name(), describe(first), tiling.layout()),
          "Correct tiles=COLUMNSxROWS, or the images.");
    }
    return new ThumbnailTrack(
        namer.thumbnails(first.height() / tiling.rows()), tiling, List.copyOf(images));
  }

  private static String describe(ImageFile image) {
    return image.format() + " of " + image.width() + "x" + image.height();
  }

  /**
   * The last image must begin before the media ends. Less than one thumbnail may be missing, as it
   * is where who made them rounds.
   *
   * @throws DrmException with code {@code thumbnails-too-few} or {@code thumbnails-too-many}
   */
  static void requireCover(ThumbnailTrack track, double seconds) {
    Tiling tiling = track.tiling();
    double image = tiling.imageMicros() / 1e6;
    int given = track.images().size();
    long needed = Math.max(1, (long) Math.ceil((seconds - ROUNDING_SECONDS) / image));
    if (given > needed) {
      throw refused("thumbnails-too-many", track, needed, seconds);
    }
    if (given * image <= seconds - tiling.everyMicros() / 1e6) {
      throw refused("thumbnails-too-few", track, needed, seconds);
    }
  }

  private static DrmException refused(
      String code, ThumbnailTrack track, long needed, double seconds) {
    Tiling tiling = track.tiling();
    return new DrmException(
        Blame.CALLER,
        code,
        "%s: %d images of %s thumbnails, one every %s s, but the media lasts %s s and needs %d."
            .formatted(
                track.images().get(0).source().name(),
                track.images().size(),
                tiling.layout(),
                tiling.everySeconds(),
                String.format(Locale.ROOT, "%.3f", seconds),
                needed),
        "Correct tiles and every, or give the images of this media, all of them.");
  }
}
