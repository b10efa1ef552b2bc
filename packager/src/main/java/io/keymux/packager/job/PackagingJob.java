package io.keymux.packager.job;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wish: what to package, how to protect it and where to put it. An instance that exists holds
 * no contradiction.
 *
 * @param inputs at least one
 * @param contentId the asset, {@code [A-Za-z0-9_-]{1,128}}
 * @param systems DRM systems in the order of their signalling, at least one
 * @param keyRule which tracks share a key
 * @param formats manifests to write, at least one
 * @param segmentSeconds wanted segment duration, 0.5 to 60; segments end at the next sync sample
 * @param output the folder that gets the result
 * @param iv 8 or 16 bytes that IVs start from (cenc) or are (cbcs), or null to derive them
 * @param clearTracks names of tracks that stay clear
 * @param digests whether the report holds the SHA-256 of every file, which costs one more reading
 *     of the output
 */
public record PackagingJob(
    List<JobInput> inputs,
    String contentId,
    Set<DrmSystem> systems,
    ProtectionScheme scheme,
    KeyRule keyRule,
    Set<OutputFormat> formats,
    Layout layout,
    double segmentSeconds,
    Path output,
    @Nullable Bytes iv,
    VerifyLevel verify,
    Set<String> clearTracks,
    SignalingSettings signaling,
    boolean digests) {
  private static final Pattern CONTENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /**
   * @throws InvalidJobException naming the field, if the job cannot be done
   */
  public PackagingJob {
    inputs = List.copyOf(inputs);
    systems = Collections.unmodifiableSet(new LinkedHashSet<>(systems));
    formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
    clearTracks = Set.copyOf(clearTracks);
    if (!CONTENT_ID.matcher(contentId).matches()) {
      throw new InvalidJobException(
          "invalid-content-id",
          "protection.contentId",
          "\"" + contentId + "\" is not a content id.",
          "Use 1 to 128 of A-Z, a-z, 0-9, _ and -.");
    }
    if (!(segmentSeconds >= 0.5 && segmentSeconds <= 60)) {
      throw new InvalidJobException(
          "invalid-segment-duration",
          "packaging.segment.duration",
          segmentSeconds + " s is not a segment duration.",
          "Use 0.5 to 60 seconds.");
    }
    requireScheme(scheme, systems, formats);
    requireIv(iv, scheme);
    requireHlsSystem(systems, formats, signaling);
  }

  /** In HLS a player finds a ClearKey key by its URI only. */
  private static void requireHlsSystem(
      Set<DrmSystem> systems, Set<OutputFormat> formats, SignalingSettings signaling) {
    if (formats.contains(OutputFormat.HLS)
        && systems.equals(Set.of(DrmSystem.CLEARKEY))
        && signaling.keyUri() == null) {
      throw new InvalidJobException(
          "clearkey-needs-key-uri",
          "protection.keyUri",
          "HLS with ClearKey alone says nothing of where keys are.",
          "Give a key URI template, add another system, or leave hls out of packaging.formats.");
    }
  }

  private static void requireScheme(
      ProtectionScheme scheme, Set<DrmSystem> systems, Set<OutputFormat> formats) {
    if (scheme != ProtectionScheme.CENC && scheme != ProtectionScheme.CBCS) {
      throw new InvalidJobException(
          "scheme-not-supported",
          "protection.scheme",
          scheme.fourCc() + " is not written by this version.",
          "Use cenc or cbcs.");
    }
    for (DrmSystem system : systems) {
      if (!system.plays(scheme)) {
        throw new InvalidJobException(
            "scheme-not-supported",
            "protection.scheme",
            "%s never plays %s.".formatted(system.id(), scheme.fourCc()),
            "Use cbcs, or leave " + system.id() + " out of protection.systems.");
      }
    }
    if (systems.contains(DrmSystem.FAIRPLAY) && !formats.contains(OutputFormat.HLS)) {
      throw new InvalidJobException(
          "fairplay-needs-hls",
          "packaging.formats",
          "FairPlay has no DASH signalling.",
          "Add hls to packaging.formats, or leave fairplay out of protection.systems.");
    }
  }

  private static void requireIv(@Nullable Bytes iv, ProtectionScheme scheme) {
    if (iv == null || iv.size() == 16 || (iv.size() == 8 && scheme.counterMode())) {
      return;
    }
    throw new InvalidJobException(
        "invalid-iv",
        "protection.iv",
        "An IV of %d bytes does not fit %s.".formatted(iv.size(), scheme.fourCc()),
        scheme.counterMode() ? "Give 16 or 32 hex digits." : "Give 32 hex digits.");
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects a job; what is not set has the defaults of the command line. */
  public static final class Builder {
    private final List<JobInput> inputs = new ArrayList<>();
    private @Nullable String contentId;
    private final Set<DrmSystem> systems = new LinkedHashSet<>();
    private @Nullable ProtectionScheme scheme;
    private KeyRule keyRule = KeyRule.PRESET0;
    private Set<OutputFormat> formats = EnumSet.allOf(OutputFormat.class);
    private Layout layout = Layout.SEGMENTS;
    private double segmentSeconds = 6;
    private @Nullable Path output;
    private @Nullable Bytes iv;
    private VerifyLevel verify = VerifyLevel.SAMPLE;
    private final Set<String> clearTracks = new LinkedHashSet<>();
    private SignalingSettings signaling = SignalingSettings.DEFAULT;
    private boolean digests;

    private Builder() {}

    public Builder input(Path path) {
      return input(JobInput.of(path));
    }

    public Builder input(JobInput input) {
      inputs.add(input);
      return this;
    }

    /** Default: the first input's file name without its ending, other characters as {@code _}. */
    public Builder contentId(String value) {
      contentId = value;
      return this;
    }

    /** Default: Widevine and PlayReady. */
    public Builder systems(DrmSystem... values) {
      return systems(List.of(values));
    }

    public Builder systems(Iterable<DrmSystem> values) {
      systems.clear();
      values.forEach(systems::add);
      return this;
    }

    /** Default: cbcs if FairPlay is asked for, else cenc. */
    public Builder scheme(ProtectionScheme value) {
      scheme = value;
      return this;
    }

    public Builder keyRule(KeyRule value) {
      keyRule = value;
      return this;
    }

    public Builder formats(Set<OutputFormat> values) {
      formats = values;
      return this;
    }

    public Builder layout(Layout value) {
      layout = value;
      return this;
    }

    public Builder segmentSeconds(double value) {
      segmentSeconds = value;
      return this;
    }

    public Builder output(Path folder) {
      output = folder;
      return this;
    }

    public Builder iv(Bytes value) {
      iv = value;
      return this;
    }

    public Builder verify(VerifyLevel value) {
      verify = value;
      return this;
    }

    public Builder clearTrack(String name) {
      clearTracks.add(name);
      return this;
    }

    public Builder signaling(SignalingSettings value) {
      signaling = value;
      return this;
    }

    /** Default: no. */
    public Builder digests(boolean value) {
      digests = value;
      return this;
    }

    /**
     * @throws InvalidJobException if the job cannot be done; naming the field
     */
    public PackagingJob build() {
      if (inputs.isEmpty()) {
        throw new InvalidJobException(
            "no-input", "input", "There is no input.", "Give at least one MP4 file.");
      }
      if (output == null) {
        throw new InvalidJobException(
            "no-output", "output", "There is no output folder.", "Name one.");
      }
      if (formats.isEmpty()) {
        throw new InvalidJobException(
            "no-format", "packaging.formats", "No format is asked for.", "Use hls, dash or both.");
      }
      Set<DrmSystem> wanted =
          systems.isEmpty() ? Set.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY) : systems;
      return new PackagingJob(
          inputs,
          contentId == null ? defaultContentId() : contentId,
          new java.util.TreeSet<>(wanted),
          scheme == null ? defaultScheme(wanted) : scheme,
          keyRule,
          formats,
          layout,
          segmentSeconds,
          output,
          iv,
          verify,
          clearTracks,
          signaling,
          digests);
    }

    private static ProtectionScheme defaultScheme(Set<DrmSystem> systems) {
      return systems.contains(DrmSystem.FAIRPLAY) ? ProtectionScheme.CBCS : ProtectionScheme.CENC;
    }

    private String defaultContentId() {
      Path file = inputs.get(0).path().getFileName();
      String name = file == null ? "content" : file.toString().replaceFirst("\\.[^.]*$", "");
      String id = name.replaceAll("[^A-Za-z0-9_-]", "_");
      return id.isEmpty() ? "content" : id.substring(0, Math.min(128, id.length()));
    }
  }
}
