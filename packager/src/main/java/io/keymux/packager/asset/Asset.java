package io.keymux.packager.asset;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.verify.manifest.DescribedTrack;
import io.keymux.packager.verify.manifest.Manifest;
import io.keymux.packager.verify.manifest.PresentationFiles;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A presentation on disk, as its manifests describe it.
 *
 * @param path as the user gave it
 * @param folder of all that is named; what is wrong with it is thrown
 * @param manifest all that were read, as one
 */
record Asset(Path path, PresentationFiles files, PresentationFolder folder, Manifest manifest) {
  /**
   * Reads manifests and no media.
   *
   * @throws DrmException as {@link AssetInputs#read}
   */
  static Asset read(Path path, PresentationFiles files) {
    PresentationFolder folder =
        new PresentationFolder(
            files.root(),
            (code, place, message) -> {
              throw unreadable(path, place, message + " (" + code + ").");
            });
    Manifest manifest = files.read(folder);
    if (manifest == null) {
      throw new DrmException(
          Blame.CALLER,
          "no-manifest",
          "%s is neither a folder with a manifest nor a manifest.".formatted(path),
          "Give the folder, an .mpd or an .m3u8.");
    }
    for (DescribedTrack track : manifest.tracks()) {
      if (track.initFile() != null || track.segments().stream().anyMatch(s -> s.file() != null)) {
        throw new DrmException(
            Blame.UNSUPPORTED,
            "asset-unsupported",
            "%s, %s: its files are encrypted as a whole (AES-128).".formatted(path, track.place()),
            "Decrypt the files first; samples are decrypted here, not files.");
      }
    }
    return new Asset(path, files, folder, manifest);
  }

  /**
   * @param what is wrong, as a sentence
   */
  DrmException unreadable(String place, String what) {
    return unreadable(path, place, what);
  }

  private static DrmException unreadable(Path path, String place, String what) {
    return new DrmException(
        Blame.CALLER,
        "asset-unreadable",
        "%s, %s: %s".formatted(path, place, what),
        "Make the presentation whole, or give its media files as inputs.");
  }

  /** Its tracks, each once, though several manifests or Periods tell of it. */
  List<AssetTrack> tracks() {
    Map<String, List<DescribedTrack>> parts = new LinkedHashMap<>();
    for (DescribedTrack track : manifest.tracks()) {
      String id = (track.hls() ? "hls " : "dash ") + track.choice().id();
      parts.computeIfAbsent(id, i -> new ArrayList<>()).add(track);
    }
    Map<Path, AssetTrack> tracks = new LinkedHashMap<>();
    for (List<DescribedTrack> track : parts.values()) {
      tracks.putIfAbsent(track.get(0).init().file(), new AssetTrack(track));
    }
    return List.copyOf(tracks.values());
  }
}
