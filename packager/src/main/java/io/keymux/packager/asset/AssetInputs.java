package io.keymux.packager.asset;

import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.Tiling;
import io.keymux.packager.verify.manifest.DescribedThumbnails;
import io.keymux.packager.verify.manifest.HlsReader;
import io.keymux.packager.verify.manifest.PresentationFiles;
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
 * @param inputs one for each track and for images of thumbnails
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
   * @throws io.keymux.cpix.DrmException with code {@code no-manifest}, {@code not-an-mpd}, {@code
   *     not-a-playlist}, {@code input-unreadable}, {@code manifest-too-large} or one of XML, if the
   *     path is no manifest; {@code asset-unreadable} if a manifest names what is not there or
   *     cannot be read; {@code asset-unsupported} if files are encrypted as a whole
   */
  public static AssetInputs read(Path path) {
    Asset asset = Asset.read(path, PresentationFiles.of(path).first());
    List<JobInput> inputs = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (AssetTrack track : asset.tracks()) {
      if (track.trickPlay()) {
        notes.add(
            "%s is left out: it is for winding, and made anew with trick play."
                .formatted(track.id()));
      } else {
        inputs.add(track.input());
      }
    }
    asset
        .manifest()
        .texts()
        .forEach(
            text ->
                notes.add(
                    "%s is left out: WebVTT files of a playlist are no input; give the whole text."
                        .formatted(text.place())));
    inputs.addAll(thumbnails(asset));
    return new AssetInputs(inputs, notes);
  }

  /** A manifest tells of the same images in each Period. */
  private static List<JobInput> thumbnails(Asset asset) {
    Map<List<Object>, Set<Path>> images = new LinkedHashMap<>();
    for (DescribedThumbnails part : asset.manifest().thumbnails()) {
      List<Object> kind = List.of(tiling(asset, part), part.width(), part.height());
      Set<Path> files = images.computeIfAbsent(kind, k -> new LinkedHashSet<>());
      part.images().forEach(image -> files.add(image.piece().file()));
    }
    return images.entrySet().stream()
        .map(e -> JobInput.thumbnails(List.copyOf(e.getValue()), (Tiling) e.getKey().get(0)))
        .toList();
  }

  private static Tiling tiling(Asset asset, DescribedThumbnails said) {
    String every =
        BigDecimal.valueOf(said.thumbSeconds()).setScale(6, RoundingMode.HALF_UP).toPlainString();
    try {
      return Tiling.of(said.columns() + "x" + said.rows(), every);
    } catch (IllegalArgumentException e) {
      throw asset.unreadable(said.place(), String.valueOf(e.getMessage()));
    }
  }
}
