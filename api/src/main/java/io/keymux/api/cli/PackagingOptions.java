package io.keymux.api.cli;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what is packaged, for {@code package} and {@code plan}. */
final class PackagingOptions {
  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      converter = Converters.Input.class,
      description = {
        "MP4 files: PATH[,label=NAME][,language=TAG].",
        "A label is for --preset labels; a language replaces the file's."
      })
  private List<JobInput> inputs = new ArrayList<>();

  @Option(
      names = "--drm",
      paramLabel = "SYSTEM",
      split = ",",
      converter = Converters.SystemName.class,
      description = "widevine,playready,fairplay,clearkey (default: widevine,playready).")
  private List<DrmSystem> systems = new ArrayList<>();

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      converter = Converters.Scheme.class,
      description = "cenc or cbcs (default: cbcs with FairPlay, else cenc).")
  private @Nullable ProtectionScheme scheme;

  @Option(
      names = "--preset",
      paramLabel = "RULE",
      defaultValue = "preset0",
      converter = Converters.Rule.class,
      description = {
        "Which tracks share a key: preset0 all, preset1 none,",
        "per-type, labels (default: ${DEFAULT-VALUE})."
      })
  private KeyRule rule = KeyRule.PRESET0;

  @Option(
      names = "--content-id",
      paramLabel = "ID",
      description = "The asset's name at the key server (default: from the first input's name).")
  private @Nullable String contentId;

  @Option(
      names = "--iv",
      paramLabel = "HEX",
      converter = Converters.Iv.class,
      description = "16 or 32 hex digits: where IVs start (cenc) or the IV (cbcs).")
  private @Nullable Bytes iv;

  @Option(
      names = "--formats",
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "hls,dash",
      converter = Converters.Format.class,
      description = "hls,dash (default: ${DEFAULT-VALUE}).")
  private List<OutputFormat> formats = new ArrayList<>();

  @Option(
      names = "--segment-duration",
      paramLabel = "SECONDS",
      defaultValue = "6",
      description = "0.5 to 60 (default: ${DEFAULT-VALUE}).")
  private double segmentSeconds;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      defaultValue = "segments",
      converter = Converters.LayoutName.class,
      description = "segments or single-file (default: ${DEFAULT-VALUE}).")
  private Layout layout = Layout.SEGMENTS;

  @Option(
      names = "--container",
      paramLabel = "CONTAINER",
      defaultValue = "fmp4",
      converter = Converters.Container.class,
      description = "fmp4, the only one in this version.")
  @SuppressWarnings("UnusedVariable") // its converter refuses all other values
  private String container = "fmp4";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "native",
      converter = Converters.Engine.class,
      description = "native, the only one in this version.")
  @SuppressWarnings("UnusedVariable") // its converter refuses all other values
  private String engine = "native";

  @Option(
      names = "--clear-track",
      paramLabel = "NAME",
      split = ",",
      description = "Names of tracks that stay clear.")
  private List<String> clearTracks = new ArrayList<>();

  @Option(
      names = "--key-uri",
      paramLabel = "TEMPLATE",
      description = {
        "Where HLS players get ClearKey keys, 16 raw bytes:",
        "https://keys.example/{contentId}/{kid}."
      })
  private @Nullable String keyUri;

  @Option(
      names = "--verify",
      paramLabel = "LEVEL",
      defaultValue = "sample",
      converter = Converters.Verify.class,
      description = "none, structure, sample or full (default: ${DEFAULT-VALUE}).")
  private VerifyLevel verify = VerifyLevel.SAMPLE;

  @Option(
      names = "--digests",
      description = "Put the SHA-256 of every file into the report; reads the output once more.")
  private boolean digests;

  /**
   * The job as far as these options say it.
   *
   * @throws io.keymux.packager.job.InvalidJobException if they contradict each other
   */
  PackagingJob.Builder job(Path output) {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .systems(systems)
            .keyRule(rule)
            .formats(EnumSet.copyOf(formats))
            .layout(layout)
            .segmentSeconds(segmentSeconds)
            .verify(verify)
            .digests(digests)
            .output(output);
    inputs.forEach(job::input);
    clearTracks.forEach(job::clearTrack);
    if (scheme != null) {
      job.scheme(scheme);
    }
    if (contentId != null) {
      job.contentId(contentId);
    }
    if (iv != null) {
      job.iv(iv);
    }
    if (keyUri != null) {
      job.signaling(SignalingSettings.DEFAULT.withKeyUri(keyUri));
    }
    return job;
  }
}
