package io.keymux.packager.verify;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.verify.manifest.DescribedThumbnails;
import io.keymux.packager.verify.manifest.HlsReader;
import io.keymux.packager.verify.manifest.HlsThumbnails;
import io.keymux.packager.verify.manifest.Manifest;
import io.keymux.packager.verify.manifest.MpdReader;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The manifests that a path stands for, and the folder that holds all they name.
 *
 * @param manifests none if the path is a media file
 */
record PresentationFiles(Path root, List<Path> manifests) {
  private static final String MPD = "manifest.mpd";
  private static final String MULTIVARIANT = "master.m3u8";

  /**
   * @throws DrmException with code {@code no-manifest} for a folder without one
   */
  static PresentationFiles of(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      List<Path> found = new ArrayList<>();
      for (String name : List.of(MPD, MULTIVARIANT)) {
        if (Files.isRegularFile(absolute.resolve(name))) {
          found.add(absolute.resolve(name));
        }
      }
      if (found.isEmpty()) {
        throw new DrmException(
            Blame.CALLER,
            "no-manifest",
            "%s has neither %s nor %s.".formatted(path, MPD, MULTIVARIANT),
            "Give the manifest or the media file itself.");
      }
      return new PresentationFiles(absolute, found);
    }
    Path folder = parent(absolute);
    boolean playlist = hasExtension(absolute, ".m3u8");
    if (!playlist && !hasExtension(absolute, ".mpd")) {
      return new PresentationFiles(folder, List.of());
    }
    // The playlist of one track lies in the track's folder, its media perhaps beside that.
    Path above = folder.getParent();
    boolean ofTrack = playlist && above != null && Files.isRegularFile(above.resolve(MULTIVARIANT));
    return new PresentationFiles(ofTrack && above != null ? above : folder, List.of(absolute));
  }

  private static Path parent(Path absolute) {
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  private static boolean hasExtension(Path path, String extension) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }

  /** Holds playlists against the rules of HLS. */
  void lint(Consumer<Finding> findings) {
    for (Path manifest : manifests) {
      if (!hasExtension(manifest, ".mpd")) {
        LintFindings.check(root, manifest, findings);
      }
    }
  }

  /** Reads nothing but the images of playlists. */
  List<DescribedThumbnails> thumbnails(PresentationFolder folder) {
    return manifests.stream()
        .filter(manifest -> !hasExtension(manifest, ".mpd"))
        .flatMap(manifest -> HlsThumbnails.all(folder, manifest).stream())
        .toList();
  }

  /** Reads all manifests as one; null if the path is a media file. */
  @Nullable Manifest read(PresentationFolder folder) {
    if (manifests.isEmpty()) {
      return null;
    }
    List<Manifest> read = new ArrayList<>();
    for (Path manifest : manifests) {
      read.add(
          hasExtension(manifest, ".mpd")
              ? MpdReader.read(folder, manifest)
              : HlsReader.read(folder, manifest));
    }
    return new Manifest(
        read.stream().flatMap(m -> m.tracks().stream()).toList(),
        read.stream().flatMap(m -> m.variants().stream()).toList(),
        read.stream().flatMap(m -> m.texts().stream()).toList(),
        read.stream().flatMap(m -> m.thumbnails().stream()).toList());
  }
}
