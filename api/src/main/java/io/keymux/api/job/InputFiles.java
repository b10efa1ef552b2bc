package io.keymux.api.job;

import io.keymux.api.storage.Storage;
import io.keymux.api.storage.StorageCredentials;
import io.keymux.cpix.DrmException;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.SegmentPlaylist;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.Tiling;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the files of an input; each of them must be one that the storage lets jobs read. */
final class InputFiles {
  private final Storage storage;
  private final @Nullable StorageCredentials credentials;
  private final FieldChecks fields;

  /**
   * @param credentials that came with the request, or null
   */
  InputFiles(Storage storage, @Nullable StorageCredentials credentials, FieldChecks fields) {
    this.storage = storage;
    this.credentials = credentials;
    this.fields = fields;
  }

  /**
   * @param pointer to the input in the request
   * @return null after telling what is wrong
   */
  @Nullable JobInput read(String pointer, JobSpec.Input input) {
    String url = input.url();
    if (url == null) {
      fields.add(pointer + "/url", "missing-field", "The field is needed.");
      return null;
    }
    if (input.tiles() != null || input.every() != null) {
      return thumbnails(pointer, url, input);
    }
    String at = pointer + "/url";
    try {
      InputFile file = storage.input(url, credentials);
      String pattern = input.segments();
      if (pattern != null) {
        at = pointer + "/segments";
        return JobInput.segments(file, storage.inputs(pattern, credentials));
      }
      return SegmentPlaylist.isNamedSo(file) ? playlist(url, file) : JobInput.of(file);
    } catch (DrmException e) {
      fields.add(at, e);
      return null;
    }
  }

  private JobInput playlist(String url, InputFile file) {
    SegmentPlaylist<InputFile> playlist =
        SegmentPlaylist.read(file, reference -> storage.named(url, reference, credentials));
    return JobInput.segments(playlist.init(), playlist.segments());
  }

  private @Nullable JobInput thumbnails(String pointer, String url, JobSpec.Input input) {
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
      List<InputFile> files =
          url.indexOf('*') >= 0
              ? storage.inputs(url, credentials)
              : List.of(storage.input(url, credentials));
      return JobInput.thumbnails(files.get(0), files.subList(1, files.size()), tiling);
    } catch (IllegalArgumentException e) {
      fields.add(pointer + "/tiles", "invalid-value", String.valueOf(e.getMessage()));
      return null;
    } catch (DrmException e) {
      fields.add(pointer + "/url", e);
      return null;
    }
  }
}
