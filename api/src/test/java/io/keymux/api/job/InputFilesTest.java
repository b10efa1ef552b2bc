package io.keymux.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.Roots;
import io.keymux.api.problem.FieldError;
import io.keymux.api.storage.Storages;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.Tiling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service reads no file outside of its roots, by whatever way it is named. */
class InputFilesTest {
  private static final String PLAYLIST =
      "#EXTM3U\n#EXT-X-MAP:URI=\"%s\"\n#EXTINF:6,\n%s\n#EXT-X-ENDLIST\n";

  @TempDir Path temp;
  private final FieldChecks fields = new FieldChecks();

  @BeforeEach
  void makeFiles() throws Exception {
    for (String folder : List.of("root", "outside")) {
      Files.createDirectory(temp.resolve(folder));
      for (String name : List.of("init.mp4", "seg-1.m4s", "seg-2.m4s")) {
        Files.createFile(temp.resolve(folder).resolve(name));
      }
    }
  }

  @Test
  void read_pattern_filesInOrder() {
    JobInput input = Objects.requireNonNull(read("root/init.mp4", "root/seg-*.m4s"));
    assertThat(input.file()).isEqualTo(file("root/init.mp4"));
    assertThat(input.segments()).containsExactly(file("root/seg-1.m4s"), file("root/seg-2.m4s"));
    assertThat(Objects.requireNonNull(read("root/init.mp4", null)).segments()).isEmpty();
  }

  @Test
  void read_playlist_itsFiles() throws Exception {
    playlist("init.mp4", "seg-1.m4s");
    JobInput input = Objects.requireNonNull(read("root/media.m3u8", null));
    assertThat(input.file()).isEqualTo(file("root/init.mp4"));
    assertThat(input.segments()).containsExactly(file("root/seg-1.m4s"));
  }

  @Test
  void read_outsideOfTheRoots_refused() throws Exception {
    refused("path-not-allowed", "/input/segments", read("root/init.mp4", "outside/seg-*.m4s"));
    playlist("init.mp4", "../outside/seg-1.m4s");
    refused("path-not-allowed", "/input/url", read("root/media.m3u8", null));
    playlist("../outside/init.mp4", "seg-1.m4s");
    refused("path-not-allowed", "/input/url", read("root/media.m3u8", null));
  }

  @Test
  void read_linkOutOfTheRoots_refused() throws Exception {
    Files.createSymbolicLink(temp.resolve("root/seg-3.m4s"), temp.resolve("outside/seg-1.m4s"));
    refused("path-not-allowed", "/input/segments", read("root/init.mp4", "root/seg-*.m4s"));
  }

  @Test
  void read_noRunOfSegments_refusedAtItsField() throws Exception {
    refused("segments-not-found", "/input/segments", read("root/init.mp4", "root/none-*.m4s"));
    Files.writeString(temp.resolve("root/media.m3u8"), "#EXTM3U\n");
    refused("playlist-unsupported", "/input/url", read("root/media.m3u8", null));
  }

  @Test
  void read_images_inOrderWithTheirGrid() throws Exception {
    for (int i = 9; i <= 11; i++) {
      Files.createFile(temp.resolve("root/tile-" + i + ".jpg"));
    }
    JobInput input = Objects.requireNonNull(thumbnails("root/tile-*.jpg", "5x4", 2.5, null));
    assertThat(input.file()).isEqualTo(file("root/tile-9.jpg"));
    assertThat(input.segments())
        .containsExactly(file("root/tile-10.jpg"), file("root/tile-11.jpg"));
    assertThat(input.tiling()).isEqualTo(new Tiling(5, 4, 2_500_000));
    input = Objects.requireNonNull(thumbnails("root/tile-9.jpg", "1x1", 0.5, null));
    assertThat(input.segments()).isEmpty();
  }

  @Test
  void read_wrongImages_refusedAtTheirField() throws Exception {
    Files.createSymbolicLink(temp.resolve("root/link-1.jpg"), temp.resolve("outside/init.mp4"));
    refused("path-not-allowed", "/input/url", thumbnails("root/link-*.jpg", "5x4", 2.0, null));
    refused("path-not-allowed", "/input/url", thumbnails("outside/init.mp4", "5x4", 2.0, null));
    refused("segments-not-found", "/input/url", thumbnails("root/none-*.jpg", "5x4", 2.0, null));
    refused("missing-field", "/input/every", thumbnails("root/init.mp4", "5x4", null, null));
    refused("missing-field", "/input/tiles", thumbnails("root/init.mp4", null, 2.0, null));
    refused("invalid-value", "/input/tiles", thumbnails("root/init.mp4", "5", 2.0, null));
    refused("invalid-value", "/input/tiles", thumbnails("root/init.mp4", "5x4", 0.0, null));
    refused("invalid-input", "/input", thumbnails("root/init.mp4", "5x4", 2.0, "de"));
  }

  private @Nullable JobInput thumbnails(
      String url, @Nullable String tiles, @Nullable Double every, @Nullable String language) {
    return read(input("file://" + temp + "/" + url, language, null, tiles, every));
  }

  private void refused(String code, String pointer, @Nullable JobInput input) {
    assertThat(input).isNull();
    List<FieldError> errors = fields.failure().errors();
    FieldError last = errors.get(errors.size() - 1);
    assertThat(last.code()).isEqualTo(code);
    assertThat(last.pointer()).isEqualTo(pointer);
  }

  private void playlist(String init, String segment) throws Exception {
    Files.writeString(temp.resolve("root/media.m3u8"), PLAYLIST.formatted(init, segment));
  }

  private @Nullable JobInput read(String url, @Nullable String segments) {
    String of = segments == null ? null : "file://" + temp + "/" + segments;
    return read(input(temp.resolve(url).toUri().toString(), null, of, null, null));
  }

  private static JobSpec.Input input(
      String url,
      @Nullable String language,
      @Nullable String segments,
      @Nullable String tiles,
      @Nullable Double every) {
    return new JobSpec.Input(
        url, null, language, segments, null, null, null, null, null, tiles, every);
  }

  private @Nullable JobInput read(JobSpec.Input input) {
    Storages storage = Storages.local(Roots.of(List.of(temp.resolve("root"))));
    return new InputFiles(storage, null, fields).read("/input", input);
  }

  private InputFile file(String name) {
    return InputFile.of(temp.resolve(name));
  }
}
