package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Positional;
import io.keymux.api.cli.syntax.Value;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSystem;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.Protection;
import io.keymux.packager.media.Container;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The options that say what is packaged, for {@code package} and {@code plan}. */
final class PackagingOptions {
  static final Positional INPUTS =
      Positional.many(
          "INPUT",
          "MP4, WebVTT or TTML files: PATH[,NOTE=VALUE]... with the notes",
          "label=NAME for --preset labels; language=TAG instead of the file's;",
          "name=TEXT, role=ROLE (as commentary, description, caption, dub) and",
          "preferred=yes for its audio and text; hdcp-level=TYPE-1 and",
          "allowed-cpc=FORMAT:LABEL for its video; segments=PATTERN.",
          "Common Media segments: init.mp4,segments=seg-*.m4s, where * stands for",
          "a number; or an HLS media playlist (.m3u8).",
          "A path may be a URL, too: https://HOST/FILE or s3://BUCKET/KEY.",
          "Thumbnails: tile-*.jpg,tiles=5x4,every=2 of JPEG or PNG images with",
          "5 columns and 4 rows, one thumbnail for every 2 seconds.");

  private static final CommandOption DRM =
      CommandOption.list(
          "--drm",
          "SYSTEM",
          "widevine,playready,fairplay,clearkey (default: widevine,playready);",
          "or aes-128 or sample-aes alone, for HLS.");
  private static final CommandOption SCHEME =
      CommandOption.one(
          "--scheme",
          "SCHEME",
          "cenc or cbcs (default: cbcs with FairPlay, else cenc);",
          "cens or cbc1, for experts: hardly a player decrypts them.");
  private static final CommandOption PRESET =
      CommandOption.one(
              "--preset",
              "RULE",
              "Which tracks share a key: preset0 all, preset1 none,",
              "per-type, labels, or a contract of SPEKE, as",
              "speke:VIDEO_3+AUDIO_2 (default: {default}).")
          .orElse("preset0");
  private static final CommandOption CONTENT_ID =
      CommandOption.one(
          "--content-id",
          "ID",
          "The asset's name at the key server (default: from the first input's name).");
  private static final CommandOption IV =
      CommandOption.one(
          "--iv", "HEX", "16 or 32 hex digits: where IVs start (cenc) or the IV (cbcs).");
  private static final CommandOption IV_SIZE =
      CommandOption.one(
          "--iv-size",
          "BYTES",
          "8 or 16: IVs of samples in cenc and cens",
          "(default: 8; 16 with cens of the engine bento4).");
  private static final CommandOption PATTERN =
      CommandOption.one(
              "--pattern",
              "CRYPT:SKIP",
              "1:9, 5:5 or 10:0: blocks of video in cbcs and cens",
              "(default: {default}, which all players expect).")
          .orElse("1:9");
  private static final CommandOption CLEAR_LEAD =
      CommandOption.one(
              "--clear-lead", "SECONDS", "How much of the start stays clear (default: {default}).")
          .orElse("0");
  private static final CommandOption KEY_PERIOD =
      CommandOption.one(
              "--key-period",
              "SECONDS",
              "Change keys after so long; 0 for never (default: {default}).")
          .orElse("0");
  private static final CommandOption KEY_CHANGE =
      CommandOption.one(
              "--key-change",
              "HOW",
              "new-periods: with new init segments, DASH Periods and HLS",
              "discontinuities; sample-groups: in the media (default: {default}).")
          .orElse("new-periods");
  private static final CommandOption FORMATS =
      CommandOption.list(
          "--formats", "FORMAT", "hls,dash (default: both; hls with aes-128 and MPEG-TS).");
  private static final CommandOption SEGMENT_DURATION =
      CommandOption.one("--segment-duration", "SECONDS", "0.5 to 60 (default: {default}).")
          .orElse("6");
  private static final CommandOption LAYOUT =
      CommandOption.one("--layout", "LAYOUT", "segments or single-file (default: {default}).")
          .orElse("segments");
  private static final CommandOption CONTAINER =
      CommandOption.one(
          "--container",
          "CONTAINER",
          "fmp4, or ts for HLS with aes-128, sample-aes or fairplay",
          "(default: fmp4; ts with sample-aes).");
  private static final CommandOption TRICK_PLAY =
      CommandOption.flag("--trick-play", "Make tracks of sync samples, by which players wind.");
  private static final CommandOption ENCRYPT_INIT =
      CommandOption.flag(
          "--encrypt-init",
          "With aes-128 and fmp4: encrypt init segments, too, which",
          "then need a key even before a clear lead.");
  private static final CommandOption CLEAR_TRACK =
      CommandOption.list("--clear-track", "NAME", "Names of tracks that stay clear.");
  private static final CommandOption VERIFY =
      CommandOption.one(
              "--verify", "LEVEL", "none, structure, sample or full (default: {default}).")
          .orElse("sample");
  private static final CommandOption DIGESTS =
      CommandOption.flag(
          "--digests",
          "Put the SHA-256 of every file into the report; reads the output once more.");

  /** Those of {@link #output}. */
  static final List<CommandOption> OUTPUT_OPTIONS =
      List.of(FORMATS, SEGMENT_DURATION, LAYOUT, TRICK_PLAY, VERIFY, DIGESTS);

  static final List<CommandOption> OPTIONS =
      List.of(
          SourceKeys.OPTION,
          SourceKeys.ONE,
          DRM,
          SCHEME,
          PRESET,
          CONTENT_ID,
          IV,
          IV_SIZE,
          PATTERN,
          CLEAR_LEAD,
          KEY_PERIOD,
          KEY_CHANGE,
          FORMATS,
          SEGMENT_DURATION,
          LAYOUT,
          CONTAINER,
          TRICK_PLAY,
          ENCRYPT_INIT,
          CLEAR_TRACK,
          VERIFY,
          DIGESTS);

  private PackagingOptions() {}

  /**
   * The job as far as these options say it.
   *
   * @throws io.keymux.packager.job.InvalidJobException if they contradict each other
   */
  static PackagingJob.Builder job(
      Arguments given, Path output, RemoteFiles remote, Console console) {
    PackagingJob.Builder job =
        output(given, output)
            .systems(systems(given))
            .keyRule(Converters.rule(given.value(PRESET)))
            .encryptInit(given.has(ENCRYPT_INIT))
            .pattern(Protection.pattern(given.value(PATTERN).text()))
            .schedule(
                new KeySchedule(
                    given.value(CLEAR_LEAD).decimal(),
                    given.value(KEY_PERIOD).decimal(),
                    KeyChange.ofId(given.value(KEY_CHANGE).text())));
    addInputs(job, given, SourceKeys.read(given, console), remote, console);
    for (Value track : given.values(CLEAR_TRACK)) {
      job.clearTrack(track.text());
    }
    Value scheme = given.optional(SCHEME);
    if (scheme != null) {
      job.scheme(Converters.scheme(scheme));
    }
    String contentId = given.text(CONTENT_ID);
    if (contentId != null) {
      job.contentId(contentId);
    }
    Value iv = given.optional(IV);
    if (iv != null) {
      job.iv(Converters.iv(iv));
    }
    Value container = given.optional(CONTAINER);
    if (container != null) {
      job.container(
          Converters.oneOf(container, "fmp4", "ts").equals("ts") ? Container.TS : Container.FMP4);
    }
    Value ivSize = given.optional(IV_SIZE);
    if (ivSize != null) {
      job.ivBytes(ivSize.whole());
    } else if (EngineOptions.isBento4(given) && scheme != null && scheme.text().equals("cens")) {
      job.ivBytes(16);
    }
    return job.signaling(SignalingOptions.read(given));
  }

  /** What is said of files and manifests, whatever is in them. */
  static PackagingJob.Builder output(Arguments given, Path output) {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .layout(Converters.layout(given.value(LAYOUT)))
            .segmentSeconds(given.value(SEGMENT_DURATION).decimal())
            .verify(Converters.verify(given.value(VERIFY)))
            .digests(given.has(DIGESTS))
            .trickPlay(given.has(TRICK_PLAY))
            .output(output);
    if (given.has(FORMATS)) {
      job.formats(formats(given));
    }
    return job;
  }

  static void addInputs(
      PackagingJob.Builder job,
      Arguments given,
      List<ContentKey> sourceKeys,
      RemoteFiles remote,
      Console console) {
    for (Value input : given.positionals()) {
      for (JobInput read :
          InputArgument.read(input, remote, note -> console.err().println("Note: " + note))) {
        job.input(read.withKeys(sourceKeys));
      }
    }
  }

  private static List<DrmSystem> systems(Arguments given) {
    List<DrmSystem> systems = new ArrayList<>();
    for (Value system : given.values(DRM)) {
      systems.add(Converters.system(system));
    }
    return systems;
  }

  private static Set<OutputFormat> formats(Arguments given) {
    Set<OutputFormat> formats = EnumSet.noneOf(OutputFormat.class);
    for (Value format : given.values(FORMATS)) {
      formats.add(Converters.format(format));
    }
    return formats;
  }
}
