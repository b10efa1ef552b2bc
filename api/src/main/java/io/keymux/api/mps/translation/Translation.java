package io.keymux.api.mps.translation;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.job.JobOrder;
import io.keymux.api.job.JobSecrets;
import io.keymux.api.job.JobSpec;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.template.Template;
import io.keymux.api.mps.wish.DrmWish;
import io.keymux.api.mps.wish.MediaWish;
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
   * @param taskId of the call, for names of files
   * @param templates what a task's definition stands for
   * @throws MpsException with code {@code InvalidParameterValue} if parts of the call do not go
   *     together
   */
  public List<StreamPlan> translate(
      MediaWish wish, String taskId, Function<StreamWish, Template> templates) {
    List<StreamPlan> plans = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (StreamWish stream : wish.streams()) {
      Template template = templates.apply(stream);
      SegmentRules.Result segments = rules.check(template, stream.drm(), stream.at());
      Storage storage = storage(wish, stream);
      StreamFiles files =
          StreamFiles.of(
              stream,
              wish.source().path(),
              outputDir(wish),
              new StreamFiles.StreamId(taskId, plans.size()),
              template.dash() ? "mpd" : "m3u8");
      requireFree(stream, storage, files, taken);
      plans.add(plan(wish, stream, template, segments, storage, files));
    }
    return plans;
  }

  private static Storage storage(MediaWish wish, StreamWish stream) {
    return Stream.of(stream.output(), wish.output(), wish.source().storage())
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> MpsException.missing("OutputStorage"));
  }

  private static String outputDir(MediaWish wish) {
    String wished = wish.outputDir();
    if (wished != null) {
      return wished;
    }
    return wish.source().storage() == null ? "/" : wish.source().path().folder();
  }

  private static void requireFree(
      StreamWish stream, Storage storage, StreamFiles files, Set<String> taken) {
    Set<String> ours = new HashSet<>();
    files
        .samples()
        .forEach(
            (parameter, path) -> {
              String place = storage.url() + path;
              if (taken.contains(place)) {
                throw MpsException.invalidValue(
                    stream.at() + "." + parameter,
                    "gives a file that has the name of another task's",
                    "Use {definition} in it, or a name for each.");
              }
              ours.add(place);
            });
    taken.addAll(ours);
  }

  private StreamPlan plan(
      MediaWish wish,
      StreamWish stream,
      Template template,
      SegmentRules.Result segments,
      Storage storage,
      StreamFiles files) {
    JobSpec spec =
        new JobSpec(
            input(wish.source().url()),
            null,
            packaging(template, segments),
            protection(stream.drm(), segments.transportStream()),
            // As in Tencent's service, a task replaces what an earlier one called the same.
            new JobSpec.Output(storage.urlOf(files.folder()), null, true, files.wish()),
            null,
            null,
            wish.priority(),
            null);
    return new StreamPlan(
        new JobOrder(spec, secrets(wish, stream, storage)),
        stream.definition(),
        template.dash(),
        files.manifest(template.dash() ? "mpd" : "m3u8").text(),
        storage.echo(),
        stream.echo(),
        segments.note());
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
