package io.keymux.packager.asset;

import io.keymux.cpix.KeyId;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.parallel.ByteProgress;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.verify.manifest.DescribedTrack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An asset with its new signalling, decided and not yet written. */
public final class SignedAsset {
  private final Asset asset;
  private final Map<Path, AssetInit> inits;
  private final Map<Path, TrackProtection> protections;
  private final Map<Path, byte[]> newInits = new LinkedHashMap<>();
  private final Map<Path, String> manifests = new LinkedHashMap<>();
  private final Set<Path> media = new LinkedHashSet<>();

  private SignedAsset(
      Asset asset, Map<Path, AssetInit> inits, Map<Path, TrackProtection> protections) {
    this.asset = asset;
    this.inits = inits;
    this.protections = protections;
  }

  /**
   * @param protections by the file of the init segment; clear tracks are left out
   */
  static SignedAsset of(
      Asset asset, Map<Path, AssetInit> inits, Map<Path, TrackProtection> protections) {
    SignedAsset signed = new SignedAsset(asset, inits, protections);
    signed.decide();
    return signed;
  }

  private void decide() {
    MovedFiles moved = new MovedFiles();
    for (Map.Entry<Path, TrackProtection> signal : protections.entrySet()) {
      AssetInit init = inits.get(signal.getKey());
      if (init != null) {
        byte[] bytes = init.with(TrackEncryption.pssh(signal.getValue().signaling()));
        newInits.put(init.file(), bytes);
        moved.add(init.file(), init.bytes().size(), bytes.length);
      }
    }
    Map<String, Path> places = new HashMap<>();
    Set<Path> scanned = new LinkedHashSet<>();
    for (DescribedTrack track : asset.manifest().tracks()) {
      places.put(track.place(), track.init().file());
      scanned.add(track.init().file());
      track.segments().forEach(segment -> scanned.add(segment.piece().file()));
    }
    media.addAll(scanned);
    asset
        .manifest()
        .thumbnails()
        .forEach(images -> images.images().forEach(image -> media.add(image.piece().file())));
    PlaylistSigner playlists = new PlaylistSigner(asset.folder(), protections, moved);
    asset.files().playlists().forEach(playlists::sign);
    manifests.putAll(playlists.texts());
    media.addAll(playlists.files());
    for (Path mpd : asset.files().manifests()) {
      if (!manifests.containsKey(mpd)) {
        manifests.put(mpd, MpdSigner.sign(asset.folder(), mpd, places, protections, moved));
      }
    }
    scanned.forEach(file -> MediaScan.require(file, moved.moves(file)));
  }

  /** The KIDs of the asset, in the order of its tracks. */
  public List<KeyId> keyIds() {
    return protections.values().stream().map(TrackProtection::keyId).distinct().toList();
  }

  /** Names of all manifests, relative to the folder of the asset, with {@code /}. */
  public List<String> manifests() {
    return manifests.keySet().stream().map(asset.folder()::name).toList();
  }

  /** The path that was given, in another folder. */
  public Path in(Path folder) {
    Path root = asset.files().root();
    Path given = asset.path().toAbsolutePath().normalize();
    return folder.resolve(root.relativize(given));
  }

  /**
   * Writes everything. Files that do not change become links where the file system has them.
   *
   * @throws io.keymux.cpix.DrmException if something cannot be read or written, or the job is
   *     cancelled
   */
  public void write(StagedOutput output, ProgressListener progress, CancelToken cancel) {
    long total = media.stream().mapToLong(SignedAsset::size).sum();
    ByteProgress bytes = new ByteProgress(Stage.PACKAGING, total, progress);
    for (Path file : media) {
      cancel.check();
      String name = asset.folder().name(file);
      byte[] start = newInits.get(file);
      AssetInit init = inits.get(file);
      if (start == null || init == null) {
        output.link(name, file);
      } else {
        output.splice(name, start, file, init.bytes().size());
      }
      bytes.add(size(file));
    }
    manifests.forEach((file, text) -> output.write(asset.folder().name(file), text));
  }

  /** For progress alone: whoever reads the file says what is wrong with it. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
