package io.keymux.packager.asset;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.Track;
import io.keymux.packager.isobmff.ProtectionSetting;
import io.keymux.packager.isobmff.SampleProtection;
import io.keymux.packager.job.InvalidJobException;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.ResignJob;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.TrackSource;
import io.keymux.packager.verify.manifest.PresentationFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An asset that is to be signalled anew: what is asked of the key server for it, and what becomes
 * of it with the answer.
 */
public final class AssetSigner {
  private final ResignJob job;
  private final Asset asset;
  private final Map<Path, AssetInit> inits = new LinkedHashMap<>();
  private final List<AssetKeys> periods = new ArrayList<>();

  private AssetSigner(ResignJob job, Asset asset) {
    this.job = job;
    this.asset = asset;
  }

  /**
   * Reads manifests, init segments and the description of all samples, and no sample.
   *
   * @throws DrmException as {@link AssetInputs#read}; with code {@code output-is-input} if the
   *     output folder holds the asset or is in it; {@code asset-not-encrypted} if nothing is;
   *     {@code asset-unsupported} if tracks have several schemes, or an init segment several keys;
   *     {@code keys-in-media} if keys change in the media, as then its signalling is there, too;
   *     {@code scheme-not-supported} if a DRM system never plays its scheme
   */
  public static AssetSigner open(ResignJob job) {
    Asset asset = Asset.read(job.asset(), PresentationFiles.of(job.asset()));
    requireApart(job, asset.files().root());
    AssetSigner signer = new AssetSigner(job, asset);
    signer.read();
    return signer;
  }

  private static void requireApart(ResignJob job, Path root) {
    Path output = job.output().toAbsolutePath().normalize();
    if (output.startsWith(root) || root.startsWith(output)) {
      throw new InvalidJobException(
          "output-is-input",
          "output",
          "The output folder %s is not apart from the asset in %s.".formatted(output, root),
          "Name another folder; files that do not change are linked, not copied, where they can be.");
    }
  }

  private void read() {
    List<AssetTrack> tracks = asset.tracks();
    for (AssetTrack track : tracks) {
      for (Path init : track.inits()) {
        inits.computeIfAbsent(init, AssetInit::read);
      }
    }
    ProtectionScheme scheme = scheme();
    List<AssetTrack> main = tracks.stream().filter(track -> !track.trickPlay()).toList();
    List<JobInput> inputs = main.stream().map(AssetTrack::input).toList();
    try (OpenInputs open = OpenInputs.asTheyStand(inputs)) {
      open.tracks().forEach(this::requireKeysInInits);
      int parts = main.stream().mapToInt(track -> track.parts().size()).max().orElse(0);
      for (int part = 0; part < parts; part++) {
        Map<Track, ProtectionSetting> settings = settings(main, part, open.tracks());
        if (!settings.isEmpty()) {
          KeyPeriod period = parts > 1 ? KeyPeriod.numbered(part + 1) : null;
          periods.add(new AssetKeys(job, scheme, period, settings));
        }
      }
    }
  }

  private ProtectionScheme scheme() {
    Set<String> schemes = new HashSet<>();
    for (AssetInit init : inits.values()) {
      Set<KeyId> keyIds = new HashSet<>();
      for (ProtectionSetting setting : init.settings().values()) {
        schemes.add(setting.scheme());
        keyIds.add(setting.keyId());
      }
      if (keyIds.size() > 1) {
        throw unsupported("the tracks of %s have several keys".formatted(init.file()));
      }
    }
    if (schemes.isEmpty()) {
      throw new DrmException(
          Blame.CALLER,
          "asset-not-encrypted",
          "No init segment of %s says that its track is encrypted.".formatted(asset.path()),
          "Package it with keymux package.");
    }
    if (schemes.size() > 1) {
      throw unsupported("its tracks have the schemes %s".formatted(schemes));
    }
    String fourCc = schemes.iterator().next();
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      if (scheme.fourCc().equals(fourCc)) {
        requireSignals(scheme);
        return scheme;
      }
    }
    throw unsupported("its scheme is " + fourCc);
  }

  private void requireSignals(ProtectionScheme scheme) {
    for (DrmSystem system : job.systems()) {
      if (!system.signals(scheme)) {
        throw new InvalidJobException(
            "scheme-not-supported",
            "protection.systems",
            "%s never plays %s, which %s is encrypted in."
                .formatted(system.id(), scheme.fourCc(), asset.path()),
            "Package it anew in cbcs with --source-keys, or leave " + system.id() + " out.");
      }
    }
  }

  private DrmException unsupported(String why) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "asset-unsupported",
        "%s cannot be signalled anew: %s.".formatted(asset.path(), why),
        "Package it anew with --source-keys.");
  }

  private void requireKeysInInits(TrackSource track) {
    SampleProtection protection = track.media().protection();
    if (protection == null) {
      return;
    }
    for (ProtectionSetting setting : protection.settings()) {
      if (inits.values().stream().noneMatch(i -> i.settings().containsValue(setting))) {
        throw new DrmException(
            Blame.UNSUPPORTED,
            "keys-in-media",
            "Track %s changes to KID %s in its media, where signalling must stay as it is."
                .formatted(track.track().name(), setting.keyId()),
            "Package it anew with --source-keys.");
      }
    }
  }

  private Map<Track, ProtectionSetting> settings(
      List<AssetTrack> tracks, int part, List<TrackSource> sources) {
    Map<Track, ProtectionSetting> settings = new LinkedHashMap<>();
    for (TrackSource source : sources) {
      for (AssetTrack track : tracks) {
        boolean same = track.inits().get(0).toString().equals(source.source().name());
        if (same && part < track.inits().size()) {
          ProtectionSetting setting =
              init(track.inits().get(part)).settings().get(source.media().trackId());
          if (setting != null) {
            settings.put(source.track(), setting);
          }
        }
      }
    }
    return settings;
  }

  private AssetInit init(Path file) {
    return inits.computeIfAbsent(file, AssetInit::read);
  }

  /** One for each key period. */
  public List<KeyRequest> requests() {
    return periods.stream().map(AssetKeys::request).toList();
  }

  /**
   * Decides all that changes.
   *
   * @param documents the answers to {@link #requests}
   * @throws DrmException with code {@code asset-key-missing}, {@code asset-iv-differs}, {@code
   *     hls-no-key-line}, or as signalling of key servers is refused
   */
  public SignedAsset sign(List<CpixDocument> documents) {
    Set<ProtectionSetting> used = new LinkedHashSet<>();
    inits.values().forEach(init -> used.addAll(init.settings().values()));
    Map<ProtectionSetting, TrackProtection> signalled = new LinkedHashMap<>();
    for (int i = 0; i < periods.size(); i++) {
      signalled.putAll(periods.get(i).protections(documents.get(i), used));
    }
    Map<Path, TrackProtection> protections = new LinkedHashMap<>();
    for (AssetInit init : inits.values()) {
      for (ProtectionSetting setting : init.settings().values()) {
        TrackProtection protection = signalled.get(setting);
        if (protection != null) {
          protections.put(init.file(), protection);
        }
      }
    }
    return SignedAsset.of(asset, inits, protections);
  }
}
