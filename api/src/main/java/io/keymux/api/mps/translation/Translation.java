package io.keymux.api.mps.translation;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.job.JobOrder;
import io.keymux.api.job.JobSecrets;
import io.keymux.api.job.JobSpec;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.template.Template;
import io.keymux.api.mps.wish.DrmWish;
import io.keymux.api.mps.wish.MediaWish;
import io.keymux.api.mps.wish.ObjectPath;
import io.keymux.api.mps.wish.Storage;
import io.keymux.api.mps.wish.StreamWish;
import io.keymux.cpix.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes jobs of a call of ProcessMedia. Pure: nothing is looked at but the arguments. */
public final class Translation {
  private static final int COUNTER_IV_BYTES = 8;

  private final SegmentRules rules;
  private final String keyServerType;

  public Translation(MpsSettings settings) {
    this.rules = new SegmentRules(settings.refuseTsWithDrm());
    this.keyServerType = settings.keyServerType();
  }

  /**
   * One job for each task of adaptive streaming, in their order.
   *
   * @param templates what a task's definition stands for
   * @throws MpsException with code {@code InvalidParameterValue} if parts of the call do not go
   *     together
   */
  public List<StreamPlan> translate(MediaWish wish, Function<StreamWish, Template> templates) {
    List<StreamPlan> plans = new ArrayList<>();
    Set<String> outputs = new HashSet<>();
    for (StreamWish stream : wish.streams()) {
      StreamPlan plan = plan(wish, stream, templates.apply(stream));
      JobSpec.Output output = Objects.requireNonNull(plan.order().spec().output());
      if (!outputs.add(String.valueOf(output.url()))) {
        throw MpsException.invalidValue(
            stream.at() + ".OutputObjectPath",
            "is that of another task",
            "Use {definition} in it, or a name for each.");
      }
      plans.add(plan);
    }
    return plans;
  }

  private StreamPlan plan(MediaWish wish, StreamWish stream, Template template) {
    SegmentRules.Result segments = rules.check(template, stream.drm(), stream.at());
    Storage storage =
        Stream.of(stream.output(), wish.output(), wish.source().storage())
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(() -> MpsException.missing("OutputStorage"));
    String folder =
        wish.outputDir() != null
            ? wish.outputDir()
            : wish.source().storage() == null ? "/" : wish.source().path().folder();
    String format = template.dash() ? "mpd" : "m3u8";
    ObjectPath manifest = new ObjectNames(wish.source().path(), folder).manifest(stream, format);
    ObjectPath files = new ObjectPath(withoutEnding(manifest.text(), format));
    JobSpec spec =
        new JobSpec(
            input(wish.source().url()),
            null,
            packaging(template, segments),
            protection(stream.drm(), segments.transportStream()),
            new JobSpec.Output(storage.url() + files.encoded(), null, null, null),
            null,
            null,
            wish.priority(),
            null);
    return new StreamPlan(
        new JobOrder(spec, secrets(wish, stream, storage)),
        stream.definition(),
        template.dash(),
        files.text() + (template.dash() ? "/manifest.mpd" : "/master.m3u8"),
        storage.echo(),
        stream.echo(),
        segments.note());
  }

  private static String withoutEnding(String path, String format) {
    return path.substring(0, path.length() - format.length() - 1);
  }

  private static JobSpec.Input input(String url) {
    return new JobSpec.Input(url, null, null, null, null, null, null, null, null, null, null);
  }

  private static JobSpec.Packaging packaging(Template template, SegmentRules.Result segments) {
    int seconds = template.segmentSeconds();
    return new JobSpec.Packaging(
        List.of(template.dash() ? "dash" : "hls"),
        seconds == 0 ? null : new JobSpec.Segment((double) seconds),
        segments.singleFile() ? "single-file" : "segments",
        segments.transportStream() ? "ts" : "fmp4",
        null,
        null,
        null);
  }

  private JobSpec.Protection protection(DrmWish drm, boolean transportStream) {
    if (drm instanceof DrmWish.Speke speke) {
      return speke(speke);
    }
    if (drm instanceof DrmWish.SimpleAes aes) {
      return protection(
          List.of("aes-128"), null, "preset0", null, aes.uri(), null, null, null, null);
    }
    // Of all systems, AES-128 alone goes with MPEG-TS, even where nothing is encrypted.
    return protection(
        transportStream ? List.of("aes-128") : null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        false);
  }

  private JobSpec.Protection speke(DrmWish.Speke drm) {
    String scheme = drm.method() != null ? drm.method() : drm.fairPlay() ? "cbcs" : "cenc";
    return protection(
        Stream.of("widevine", "playready", "fairplay").filter(drm.systems()::contains).toList(),
        scheme,
        drm.preset(),
        drm.resourceId(),
        null,
        "https://" + drm.keyServerHost() + "/…",
        protocol(drm),
        iv(drm.vector(), scheme),
        null);
  }

  /** What these clients can say of it; the rest is as it is for everybody. */
  private static JobSpec.Protection protection(
      @Nullable List<String> systems,
      @Nullable String scheme,
      @Nullable String keys,
      @Nullable String contentId,
      @Nullable String keyUri,
      @Nullable String keyServer,
      @Nullable String keyServerType,
      @Nullable String iv,
      @Nullable Boolean encrypted) {
    return new JobSpec.Protection(
        systems,
        scheme,
        keys,
        contentId,
        null,
        null,
        null,
        null,
        null,
        keyUri,
        keyServer,
        keyServerType,
        iv,
        encrypted);
  }

  private String protocol(DrmWish.Speke drm) {
    if (drm.drmToday()) {
      return drm.generated() ? "drmtoday-generate" : "drmtoday";
    }
    return drm.generated() ? "cpix-get" : keyServerType;
  }

  /** Samples in counter mode have IVs of 8 bytes, and the first one is the vector's start. */
  private static @Nullable String iv(@Nullable Bytes vector, String scheme) {
    if (vector == null) {
      return null;
    }
    String hex = vector.toHex();
    return scheme.equals("cenc") ? hex.substring(0, 2 * COUNTER_IV_BYTES) : hex;
  }

  private static JobSecrets secrets(MediaWish wish, StreamWish stream, Storage output) {
    Storage input = wish.source().storage();
    return new JobSecrets(
        stream.drm() instanceof DrmWish.Speke speke ? speke.keyServerUrl() : null,
        stream.drm() instanceof DrmWish.SimpleAes aes
            ? new JobSecrets.OwnKey(aes.key(), aes.vector())
            : null,
        wish.source().secretUrl(),
        input == null ? null : input.access(),
        output.access());
  }
}
