package io.keymux.packager.job;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The wish: what to package, how to protect it and where to put it. An instance that exists holds
 * no contradiction.
 *
 * @param inputs at least one
 * @param contentId the asset, {@code [A-Za-z0-9_-]{1,128}}
 * @param output the folder that gets the result
 * @param digests whether the report holds the SHA-256 of every file, which costs one more reading
 *     of the output
 * @param names of the files, or null for the usual ones
 */
public record PackagingJob(
    List<JobInput> inputs,
    String contentId,
    Protection protection,
    Packaging packaging,
    Path output,
    VerifyLevel verify,
    boolean digests,
    @Nullable OutputNames names) {
  /**
   * @throws InvalidJobException naming the field, if the job cannot be done
   */
  public PackagingJob {
    inputs = List.copyOf(inputs);
    ContentIds.require(contentId);
    FormatRules.require(protection, packaging);
    FormatRules.requireTrickPlay(protection, packaging);
    if (names != null) {
      names.requireValues();
    }
  }

  public Set<OutputFormat> formats() {
    return packaging.formats();
  }

  public Layout layout() {
    return packaging.layout();
  }

  public Container container() {
    return packaging.container();
  }

  /** Wanted segment duration; segments end at the next sync sample. */
  public double segmentSeconds() {
    return packaging.segmentSeconds();
  }

  /** What the cipher works on. */
  public EncryptionKind kind() {
    if (protection.systems().contains(DrmSystem.AES_128)) {
      return EncryptionKind.SEGMENTS;
    }
    return container() == Container.TS
        ? EncryptionKind.TS_SAMPLES
        : EncryptionKind.COMMON_ENCRYPTION;
  }

  /** The same, put elsewhere. */
  public PackagingJob to(Path folder) {
    return new PackagingJob(
        inputs, contentId, protection, packaging, folder, verify, digests, names);
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
    private Pattern pattern = Pattern.ONE_OF_TEN;
    private KeySchedule schedule = KeySchedule.ALWAYS;
    private VerifyLevel verify = VerifyLevel.SAMPLE;
    private final Set<String> clearTracks = new LinkedHashSet<>();
    private SignalingSettings signaling = SignalingSettings.DEFAULT;
    private boolean trickPlay;
    private boolean encryptInit;
    private boolean digests;
    private @Nullable OutputNames names;

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
    public Builder pattern(Pattern value) {
      pattern = value;
      return this;
    }

    /** Default: everything is encrypted, with one set of keys. No key is asked for with NEVER. */
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
    public Builder trickPlay(boolean value) {
      trickPlay = value;
      return this;
    }

    /**
     * Whether AES-128 covers init segments, too. Default: no, then players can read them without a
     * key.
     */
    public Builder encryptInit(boolean value) {
      encryptInit = value;
      return this;
    }

    /** Default: no. */
    public Builder digests(boolean value) {
      digests = value;
      return this;
    }

    /** Default: a folder for each track. The variables of the first input's name are filled in. */
    public Builder names(@Nullable OutputNames value) {
      names = value;
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
      JobDefaults usual = JobDefaults.of(systems);
      Container format = container == null ? usual.container() : container;
      return new PackagingJob(
          inputs,
          contentId == null ? JobDefaults.contentId(inputs.get(0)) : contentId,
          protection(usual),
          new Packaging(
              formats == null ? usual.formats(format) : formats,
              layout,
              format,
              segmentSeconds,
              trickPlay,
              encryptInit),
          output,
          verify,
          digests,
          names == null ? null : names.with(JobDefaults.names(inputs.get(0))));
    }

    private Protection protection(JobDefaults usual) {
      int size = iv != null && iv.size() == 16 ? 16 : 8;
      return new Protection(
          new TreeSet<>(usual.systems()),
          scheme == null ? usual.scheme() : scheme,
          pattern,
          keyRule,
          iv,
          ivBytes == 0 ? size : ivBytes,
          schedule,
          clearTracks,
          signaling);
    }
  }
}
