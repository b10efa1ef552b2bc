package io.keymux.api.job;

import io.keymux.api.config.Roots;
import io.keymux.cpix.DrmException;
import io.keymux.packager.input.SegmentPattern;
import io.keymux.packager.input.SegmentPlaylist;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.Tiling;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the files of an input; each of them must be one that the service may touch. */
final class InputFiles {
  private final Roots roots;
  private final FieldChecks fields;

  InputFiles(Roots roots, FieldChecks fields) {
    this.roots = roots;
    this.fields = fields;
  }

  /**
   * @param pointer to the input in the request
   * @return null after telling what is wrong
   */
  @Nullable JobInput read(String pointer, JobSpec.Input input) {
    Path path = fields.file(pointer + "/url", input.url(), roots);
    if (path == null) {
      return null;
    }
    if (input.tiles() != null || input.every() != null) {
      return thumbnails(pointer, path, input);
    }
    if (input.segments() != null) {
      Path pattern = fields.file(pointer + "/segments", input.segments(), roots);
      return pattern == null ? null : numbered(pointer + "/segments", path, pattern);
    }
    return SegmentPlaylist.isNamedSo(path) ? playlist(pointer + "/url", path) : JobInput.of(path);
  }

  private @Nullable JobInput numbered(String pointer, Path init, Path pattern) {
    try {
      return allowed(pointer, JobInput.segments(init, SegmentPattern.files(pattern)));
    } catch (DrmException e) {
      fields.add(pointer, e);
      return null;
    }
  }

  private @Nullable JobInput thumbnails(String pointer, Path path, JobSpec.Input input) {
    String tiles = input.tiles();
    Double every = input.every();
    if (tiles == null || every == null) {
      fields.add(
          pointer + (tiles == null ? "/tiles" : "/every"),
          "missing-field",
          "Images of thumbnails need both tiles and every.");
      return null;
    }
    JobSpec.Input images =
        new JobSpec.Input(
            input.url(), null, null, null, null, null, null, null, null, tiles, every);
    if (!input.equals(images)) {
      fields.add(
          pointer,
          "invalid-input",
          "Nothing can be said of images of thumbnails but url, tiles and every.");
      return null;
    }
    try {
      Tiling tiling = Tiling.of(tiles, BigDecimal.valueOf(every).toPlainString());
      boolean several = path.toString().indexOf('*') >= 0;
      return allowed(
          pointer + "/url",
          JobInput.thumbnails(several ? SegmentPattern.files(path) : List.of(path), tiling));
    } catch (IllegalArgumentException e) {
      fields.add(pointer + "/tiles", "invalid-value", String.valueOf(e.getMessage()));
      return null;
    } catch (DrmException e) {
      fields.add(pointer + "/url", e);
      return null;
    }
  }

  private @Nullable JobInput playlist(String pointer, Path path) {
    try {
      SegmentPlaylist playlist = SegmentPlaylist.read(path);
      JobInput input = JobInput.segments(playlist.init(), playlist.segments());
      return fields.allowed(pointer, playlist.init(), roots) ? allowed(pointer, input) : null;
    } catch (DrmException e) {
      fields.add(pointer, e);
      return null;
    }
  }

  private @Nullable JobInput allowed(String pointer, JobInput input) {
    List<Path> segments = input.segments();
    return fields.allowed(pointer, input.path(), roots)
            && segments.stream().allMatch(file -> fields.allowed(pointer, file, roots))
        ? input
        : null;
  }
}
