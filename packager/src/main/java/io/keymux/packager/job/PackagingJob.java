package io.keymux.packager.job;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wish: what to package, how to protect it and where to put it. An instance that exists holds
 * no contradiction.
 *
 * @param inputs at least one
 * @param contentId the asset, {@code [A-Za-z0-9_-]{1,128}}
 * @param formats manifests to write, at least one
 * @param segmentSeconds wanted segment duration, 0.5 to 60; segments end at the next sync sample
 * @param output the folder that gets the result
 * @param digests whether the report holds the SHA-256 of every file, which costs one more reading
 *     of the output
 */
public record PackagingJob(
    List<JobInput> inputs,
    String contentId,
    Protection protection,
    Set<OutputFormat> formats,
    Layout layout,
    Container container,
    double segmentSeconds,
    Path output,
    VerifyLevel verify,
    boolean digests) {
  private static final Pattern CONTENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /**
   * @throws InvalidJobException naming the field, if the job cannot be done
   */
  public PackagingJob {
    inputs = List.copyOf(inputs);
    formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
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
    FormatRules.require(protection, formats, layout, container);
  }

  /** What the cipher works on. */
  public EncryptionKind kind() {
    if (protection.systems().contains(DrmSystem.AES_128)) {
      return EncryptionKind.SEGMENTS;
    }
    return container == Container.TS ? EncryptionKind.TS_SAMPLES : EncryptionKind.COMMON_ENCRYPTION;
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
    private @Nullable Set<OutputFormat> formats;
    private Layout layout = Layout.SEGMENTS;
    private @Nullable Container container;
    private double segmentSeconds = 6;
    private @Nullable Path output;
    private @Nullable Bytes iv;
    private int ivBytes;
    private io.keymux.packager.encrypt.Pattern pattern =
        io.keymux.packager.encrypt.Pattern.ONE_OF_TEN;
    private KeySchedule schedule = KeySchedule.ALWAYS;
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

    /** Default: HLS and DASH; HLS alone with AES-128 and MPEG-TS. */
    public Builder formats(Set<OutputFormat> values) {
      formats = values;
      return this;
    }

    public Builder layout(Layout value) {
      layout = value;
      return this;
    }

    /** Default: fragmented MP4; MPEG-TS for SAMPLE-AES, which is nothing else. */
    public Builder container(Container value) {
      container = value;
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

    /**
     * Of the IV of each sample in counter mode, in bytes: 8 or 16. Default: 8, or that of the IV.
     */
    public Builder ivBytes(int value) {
      ivBytes = value;
      return this;
    }

    /** Default: 1:9. */
    public Builder pattern(io.keymux.packager.encrypt.Pattern value) {
      pattern = value;
      return this;
    }

    /** Default: everything is encrypted, with one set of keys. */
    public Builder schedule(KeySchedule value) {
      schedule = value;
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
      if (formats != null && formats.isEmpty()) {
        throw new InvalidJobException(
            "no-format", "packaging.formats", "No format is asked for.", "Use hls, dash or both.");
      }
      Set<DrmSystem> wanted =
          systems.isEmpty() ? Set.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY) : systems;
      return new PackagingJob(
          inputs,
          contentId == null ? defaultContentId() : contentId,
          protection(wanted),
          formats == null ? defaultFormats(wanted) : formats,
          layout,
          container(wanted),
          segmentSeconds,
          output,
          verify,
          digests);
    }

    private Protection protection(Set<DrmSystem> wanted) {
      int size = iv != null && iv.size() == 16 ? 16 : 8;
      return new Protection(
          new TreeSet<>(wanted),
          scheme == null ? defaultScheme(wanted) : scheme,
          pattern,
          keyRule,
          iv,
          ivBytes == 0 ? size : ivBytes,
          schedule,
          clearTracks,
          signaling);
    }

    private Container container(Set<DrmSystem> systems) {
      Container usual = systems.contains(DrmSystem.SAMPLE_AES) ? Container.TS : Container.FMP4;
      return container == null ? usual : container;
    }

    private Set<OutputFormat> defaultFormats(Set<DrmSystem> systems) {
      boolean hlsOnly = container(systems) == Container.TS || systems.contains(DrmSystem.AES_128);
      return hlsOnly ? EnumSet.of(OutputFormat.HLS) : EnumSet.allOf(OutputFormat.class);
    }

    private static ProtectionScheme defaultScheme(Set<DrmSystem> systems) {
      if (systems.contains(DrmSystem.AES_128)) {
        return ProtectionScheme.CBC1;
      }
      return systems.contains(DrmSystem.SAMPLE_AES) || systems.contains(DrmSystem.FAIRPLAY)
          ? ProtectionScheme.CBCS
          : ProtectionScheme.CENC;
    }

    private String defaultContentId() {
      Path file = inputs.get(0).path().getFileName();
      String name = file == null ? "content" : file.toString().replaceFirst("\\.[^.]*$", "");
      String id = name.replaceAll("[^A-Za-z0-9_-]", "_");
      return id.isEmpty() ? "content" : id.substring(0, Math.min(128, id.length()));
    }
  }
}
