package io.keymux.packager.job;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.Tiling;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of a job.
 *
 * @param file an MP4, progressive or fragmented, with one or several tracks; or an initialization
 *     segment; or the first image of thumbnails
 * @param segments the media segments of the initialization segment, or the further images, in
 *     order; empty for a movie or an image in one file
 * @param label for all its tracks, or null
 * @param language BCP-47, instead of what the file says, or null
 * @param selection of its audio and text tracks, and of video with sign language
 * @param policy of its video tracks
 * @param keys that it is encrypted with already; empty if it is clear. Others may be among them
 * @param tiling how thumbnails lie in the images, or null if the input is none of images
 */
public record JobInput(
    InputFile file,
    List<InputFile> segments,
    @Nullable String label,
    @Nullable String language,
    Selection selection,
    PlaybackPolicy policy,
    List<ContentKey> keys,
    @Nullable Tiling tiling) {
  public JobInput {
    segments = List.copyOf(segments);
    keys = List.copyOf(keys);
  }

  /** A movie in one local file. */
  public JobInput(
      Path path,
      @Nullable String label,
      @Nullable String language,
      Selection selection,
      PlaybackPolicy policy) {
    this(InputFile.of(path), List.of(), label, language, selection, policy, List.of(), null);
  }

  /** A movie in one local file. */
  public static JobInput of(Path path) {
    return of(InputFile.of(path));
  }

  /** A movie in one file. */
  public static JobInput of(InputFile file) {
    return of(file, List.of(), null);
  }

  private static JobInput of(InputFile file, List<InputFile> segments, @Nullable Tiling tiling) {
    return new JobInput(
        file, segments, null, null, Selection.NONE, PlaybackPolicy.NONE, List.of(), tiling);
  }

  /**
   * Common Media segments in local files.
   *
   * @param segments in order
   * @throws DrmException as {@link #segments(InputFile, List)}
   */
  public static JobInput segments(Path init, List<Path> segments) {
    return segments(InputFile.of(init), files(segments));
  }

  /**
   * Common Media segments.
   *
   * @param segments in order
   * @throws DrmException with code {@code segments-not-found} if there is none
   * @see "ISO/IEC 23000-19, 7.3 CMAF tracks"
   */
  public static JobInput segments(InputFile init, List<InputFile> segments) {
    if (segments.isEmpty()) {
      throw new DrmException(
          Blame.CALLER,
          "segments-not-found",
          "There is no media segment of %s.".formatted(init.name()),
          "Name at least one.");
    }
    return of(init, segments, null);
  }

  /**
   * Tiled images in local files, which stay clear. The first begins with the presentation.
   *
   * @param images JPEG or PNG, in order, all of one format and size
   * @throws DrmException with code {@code segments-not-found} if there is none
   */
  public static JobInput thumbnails(List<Path> images, Tiling tiling) {
    if (images.isEmpty()) {
      throw new DrmException(
          Blame.CALLER,
          "segments-not-found",
          "There is no image of thumbnails.",
          "Name at least one.");
    }
    return thumbnails(InputFile.of(images.get(0)), files(images.subList(1, images.size())), tiling);
  }

  /**
   * Tiled images, which stay clear.
   *
   * @param first JPEG or PNG; it begins with the presentation
   * @param further in order, of the same format and size
   */
  public static JobInput thumbnails(InputFile first, List<InputFile> further, Tiling tiling) {
    return of(first, further, tiling);
  }

  private static List<InputFile> files(List<Path> paths) {
    return paths.stream().map(InputFile::of).toList();
  }

  /** The same, encrypted with keys: it is decrypted as it is read. */
  public JobInput withKeys(List<ContentKey> newKeys) {
    return new JobInput(file, segments, label, language, selection, policy, newKeys, tiling);
  }

  /** The same with what the user says of its tracks. */
  public JobInput named(
      @Nullable String newLabel,
      @Nullable String newLanguage,
      Selection newSelection,
      PlaybackPolicy newPolicy) {
    return new JobInput(
        file, segments, newLabel, newLanguage, newSelection, newPolicy, keys, tiling);
  }
}
