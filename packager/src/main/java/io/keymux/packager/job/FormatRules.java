package io.keymux.packager.job;

import io.keymux.cpix.DrmSystem;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import java.util.Set;
import java.util.stream.Collectors;

/** Which formats, layouts and containers go with which protection. */
final class FormatRules {
  private FormatRules() {}

  /**
   * @throws InvalidJobException naming the field, if they do not go together
   */
  static void require(Protection protection, Packaging packaging) {
    requireFormats(protection, packaging.formats());
    requireContainer(protection, packaging.formats(), packaging.layout(), packaging.container());
    if (packaging.encryptInit()) {
      requireEncryptableInit(protection, packaging.container());
    }
  }

  /**
   * Common Encryption and SAMPLE-AES encrypt samples, of which an init segment has none.
   *
   * @see "RFC 8216, 4.3.2.5 EXT-X-MAP"
   */
  private static void requireEncryptableInit(Protection protection, Container container) {
    boolean segments = protection.systems().contains(DrmSystem.AES_128);
    if (segments && container == Container.FMP4) {
      return;
    }
    throw new InvalidJobException(
        "encrypt-init-unsupported",
        "packaging.encryptInit",
        segments
            ? "MPEG-TS and packed audio have no init segment."
            : "Only AES-128 encrypts init segments, protection.systems is %s."
                .formatted(
                    protection.systems().stream()
                        .map(DrmSystem::id)
                        .collect(Collectors.joining(", "))),
        segments
            ? "Set packaging.container to fmp4, or leave packaging.encryptInit out."
            : "Set protection.systems to aes-128, or leave packaging.encryptInit out.");
  }

  /** Transport streams and encrypted segments are HLS alone; sample encryption of TS is Apple's. */
  private static void requireContainer(
      Protection protection, Set<OutputFormat> formats, Layout layout, Container container) {
    boolean segments = protection.systems().contains(DrmSystem.AES_128);
    boolean hlsOnly = segments || container == Container.TS;
    if (hlsOnly && !formats.equals(Set.of(OutputFormat.HLS))) {
      throw new InvalidJobException(
          "hls-only",
          "packaging.formats",
          (segments ? "AES-128" : "MPEG-TS") + " is for HLS alone.",
          "Set packaging.formats to hls.");
    }
    if (hlsOnly && layout != Layout.SEGMENTS) {
      throw new InvalidJobException(
          "segments-only",
          "packaging.layout",
          (segments ? "AES-128 segments" : "MPEG-TS segments") + " are files of their own.",
          "Set packaging.layout to segments.");
    }
    boolean sampleAes =
        protection.systems().stream()
            .allMatch(s -> s == DrmSystem.SAMPLE_AES || s == DrmSystem.FAIRPLAY);
    if (container == Container.TS && !segments && !sampleAes) {
      throw new InvalidJobException(
          "not-in-ts",
          "packaging.container",
          "In MPEG-TS there is AES-128, and SAMPLE-AES with or without FairPlay; not Common Encryption.",
          "Set protection.systems to aes-128, sample-aes or fairplay, or packaging.container to fmp4.");
    }
    if (container == Container.FMP4 && protection.systems().contains(DrmSystem.SAMPLE_AES)) {
      throw new InvalidJobException(
          "sample-aes-needs-ts",
          "protection.systems",
          "sample-aes is the encryption of MPEG-TS.",
          "Set packaging.container to ts, or use clearkey with scheme cbcs, which HLS calls SAMPLE-AES too.");
    }
  }

  /** A piece of a file cannot be read if the file is encrypted as a whole. */
  static void requireTrickPlay(Protection protection, Packaging packaging) {
    if (packaging.trickPlay()
        && (packaging.container() == Container.TS
            || protection.systems().contains(DrmSystem.AES_128))) {
      throw new InvalidJobException(
          "trick-play-needs-samples",
          "packaging.trickPlay",
          "Tracks for trick play are fragmented MP4 whose samples are encrypted.",
          "Leave packaging.trickPlay out, or use neither AES-128 nor MPEG-TS.");
    }
  }

  private static void requireFormats(Protection protection, Set<OutputFormat> formats) {
    if (protection.systems().contains(DrmSystem.FAIRPLAY) && !formats.contains(OutputFormat.HLS)) {
      throw new InvalidJobException(
          "fairplay-needs-hls",
          "packaging.formats",
          "FairPlay has no DASH signalling.",
          "Add hls to packaging.formats, or leave fairplay out of protection.systems.");
    }
    // In HLS a player finds a ClearKey key by its URI only.
    if (formats.contains(OutputFormat.HLS)
        && protection.systems().equals(Set.of(DrmSystem.CLEARKEY))
        && protection.signaling().keyUri() == null) {
      throw new InvalidJobException(
          "clearkey-needs-key-uri",
          "protection.keyUri",
          "HLS with ClearKey alone says nothing of where keys are.",
          "Give a key URI template, add another system, or leave hls out of packaging.formats.");
    }
  }
}
