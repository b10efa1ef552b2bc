package io.keymux.packager.asset;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Tiling;
import io.keymux.packager.verify.manifest.DescribedThumbnails;
import io.keymux.packager.verify.manifest.DescribedTrack;
import io.keymux.packager.verify.manifest.HlsReader;
import io.keymux.packager.verify.manifest.Manifest;
import io.keymux.packager.verify.manifest.MediaPiece;
import io.keymux.packager.verify.manifest.PresentationFiles;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tracks of a presentation on disk as inputs of a job, with their names and roles: an asset to
 * be encrypted anew, or decrypted. Whoever packaged it.
 *
 * <p>Where there is an MPD, it is read alone, as it has text as media, which playlists do not.
 *
 * @param inputs one for each track, video first if the manifest has it so
 * @param notes what of the presentation is no input, and why, a sentence each
 */
public record AssetInputs(List<JobInput> inputs, List<String> notes) {
  public AssetInputs {
    inputs = List.copyOf(inputs);
    notes = List.copyOf(notes);
  }

  /** Whether a path is that of a presentation: a folder, an MPD or a multivariant playlist. */
  public static boolean isOne(Path path) {
    return Files.isDirectory(path)
        || hasExtension(path, ".mpd")
        || (hasExtension(path, ".m3u8") && HlsReader.isMultivariant(path));
  }

  private static boolean hasExtension(Path path, String extension) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }

  /**
   * Reads the manifests of a presentation, and no media.
   *
   * @param path a folder with {@code manifest.mpd} or {@code master.m3u8}, or one of these files,
   *     whatever its name
   * @throws DrmException with code {@code no-manifest}, {@code not-an-mpd}, {@code not-a-playlist},
   *     {@code input-unreadable}, {@code manifest-too-large} or one of XML, if the path is no
   *     manifest; {@code asset-unreadable} if a manifest names what is not there or cannot be read;
   *     {@code asset-unsupported} if files are encrypted as a whole
   */
  public static AssetInputs read(Path path) {
    PresentationFiles files = PresentationFiles.of(path);
    PresentationFolder folder =
        new PresentationFolder(
            files.root(),
            (code, place, message) -> {
              throw new DrmException(
                  Blame.CALLER,
                  "asset-unreadable",
                  "%s, %s: %s (%s).".formatted(path, place, message, code),
                  "Make the presentation whole, or give its media files as inputs.");
            });
    Manifest manifest = files.first().read(folder);
    if (manifest == null) {
      throw new DrmException(
          Blame.CALLER,
          "no-manifest",
          "%s is neither a folder with a manifest nor a manifest.".formatted(path),
          "Give the folder, an .mpd or an .m3u8.");
    }
    return new Reader(path).read(manifest);
  }

  /** Puts together what manifests tell of one track in several places. */
  private static final class Reader {
    private final Path path;
    private final List<JobInput> inputs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Reader(Path path) {
      this.path = path;
    }

    AssetInputs read(Manifest manifest) {
      Map<String, List<DescribedTrack>> parts = new LinkedHashMap<>();
      for (DescribedTrack track : manifest.tracks()) {
        if (track.choice().trickPlay()) {
          notes.add(
              "%s is left out: it is for winding, and made anew with trick play."
                  .formatted(track.choice().id()));
        } else {
          parts.computeIfAbsent(track.choice().id(), id -> new ArrayList<>()).add(track);
        }
      }
      parts.values().forEach(this::track);
      manifest
          .texts()
          .forEach(
              text ->
                  notes.add(
                      "%s is left out: WebVTT files of a playlist are no input; give the whole text."
                          .formatted(text.place())));
      thumbnails(manifest.thumbnails());
      return new AssetInputs(inputs, notes);
    }

    private void track(List<DescribedTrack> parts) {
      Set<Path> files = new LinkedHashSet<>();
      for (DescribedTrack part : parts) {
        if (part.initFile() != null || part.segments().stream().anyMatch(s -> s.file() != null)) {
          throw new DrmException(
              Blame.UNSUPPORTED,
              "asset-unsupported",
              "%s, %s: its files are encrypted as a whole (AES-128).".formatted(path, part.place()),
              "Decrypt the files first; samples are decrypted here, not files.");
        }
        files.add(part.init().file());
        part.segments().forEach(segment -> files.add(segment.piece().file()));
      }
      List<Path> order = List.copyOf(files);
      JobInput input =
          order.size() == 1
              ? JobInput.of(order.get(0))
              : JobInput.segments(order.get(0), order.subList(1, order.size()));
      inputs.add(input.named(null, null, parts.get(0).choice().selection(), PlaybackPolicy.NONE));
    }

    /** A manifest tells of the same images in each Period. */
    private void thumbnails(List<DescribedThumbnails> said) {
      Map<List<Object>, Set<Path>> images = new LinkedHashMap<>();
      for (DescribedThumbnails part : said) {
        Tiling tiling =
            Tiling.of(
                part.columns() + "x" + part.rows(),
                BigDecimal.valueOf(part.thumbSeconds())
                    .setScale(6, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString());
        List<Object> kind = List.of(tiling, part.width(), part.height());
        Set<Path> files = images.computeIfAbsent(kind, k -> new LinkedHashSet<>());
        part.images().stream()
            .map(DescribedThumbnails.Image::piece)
            .map(MediaPiece::file)
            .forEach(files::add);
      }
      images.forEach(
          (kind, files) ->
              inputs.add(JobInput.thumbnails(List.copyOf(files), (Tiling) kind.get(0))));
    }
  }
}
