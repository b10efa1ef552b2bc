package io.keymux.packager.verify.manifest;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The manifests that a path stands for, and the folder that holds all they name.
 *
 * @param manifests none if the path is a media file
 */
public record PresentationFiles(Path root, List<Path> manifests) {
  private static final String MPD = "manifest.mpd";
  private static final String MULTIVARIANT = "master.m3u8";

  /** Names of manifests where nobody wished for others. */
  public static final List<String> USUAL = List.of(MPD, MULTIVARIANT);

  /**
   * @throws DrmException with code {@code no-manifest} for a folder without one
   */
  public static PresentationFiles of(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      return of(absolute, USUAL);
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

  /**
   * The manifests of a folder by their names.
   *
   * @param names of files in the folder; those that are not there are left out
   * @throws DrmException with code {@code no-manifest} if none is there
   */
  public static PresentationFiles of(Path folder, List<String> names) {
    Path absolute = folder.toAbsolutePath().normalize();
    List<Path> found = names.stream().map(absolute::resolve).filter(Files::isRegularFile).toList();
    if (found.isEmpty()) {
      throw new DrmException(
          Blame.CALLER,
          "no-manifest",
          "%s has neither %s.".formatted(folder, String.join(" nor ", names)),
          "Give the manifest or the media file itself.");
    }
    return new PresentationFiles(absolute, found);
  }

  private static Path parent(Path absolute) {
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  private static boolean hasExtension(Path path, String extension) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }

  /** The first of them alone: the MPD, if there is one. */
  public PresentationFiles first() {
    return new PresentationFiles(root, manifests.subList(0, Math.min(1, manifests.size())));
  }

  /** Those of HLS. */
  public List<Path> playlists() {
    return manifests.stream().filter(manifest -> !hasExtension(manifest, ".mpd")).toList();
  }

  /** Reads nothing but the images of playlists. */
  public List<DescribedThumbnails> thumbnails(PresentationFolder folder) {
    return playlists().stream()
        .flatMap(manifest -> HlsThumbnails.all(folder, manifest).stream())
        .toList();
  }

  /** Reads all manifests as one; null if the path is a media file. */
  public @Nullable Manifest read(PresentationFolder folder) {
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
