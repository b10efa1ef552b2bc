package io.keymux.api.job;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.problem.RequestException;
import io.keymux.api.problem.StorageException;
import io.keymux.api.secret.SecretText;
import io.keymux.api.storage.Destination;
import io.keymux.api.storage.Storage;
import io.keymux.api.storage.StorageCredentials;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.keyserver.profile.KeyServer;
import io.keymux.packager.Engine;
import io.keymux.packager.job.InvalidJobException;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.Protection;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a job that can be run of what a client asks for; says of every field what is wrong. */
public final class JobPreparation {
  private static final Instant LATEST_START = Instant.parse("9999-12-31T23:59:59Z");

  private final Storage storage;
  private final DataDirectory data;
  private final Function<String, KeyServers> tenants;
  private final Supplier<Engine> bento4;
  private final ExchangeWatch watch;

  /**
   * @param tenants the key servers of each
   * @param bento4 throws if jobs may not have that engine, or it is not there
   * @param watch over what jobs ask key servers
   */
  public JobPreparation(
      Storage storage,
      DataDirectory data,
      Function<String, KeyServers> tenants,
      Supplier<Engine> bento4,
      ExchangeWatch watch) {
    this.storage = storage;
    this.data = data;
    this.tenants = tenants;
    this.bento4 = bento4;
    this.watch = watch;
  }

  /**
   * @param tenant whose key servers it may name
   * @param secrets go before what {@code spec} shows in their place
   * @param id of the job, which names its output folder if it asks for none
   * @throws RequestException with status 422 and a pointer for each wrong field
   * @throws StorageException if a storage is away that has to be looked into
   */
  public PreparedJob prepare(String tenant, JobSpec spec, JobSecrets secrets, String id) {
    KeyServers keyServers = tenants.apply(tenant);
    FieldChecks fields = new FieldChecks();
    PackagingJob.Builder job = PackagingJob.builder();
    inputs(spec, secrets, fields, job);
    JobSpec.Protection protection = spec.protection();
    if (protection != null) {
      protection(protection, fields, job);
    }
    JobKeys jobKeys = new JobKeys(keyServers, fields);
    KeyExchange keys = jobKeys.exchange(protection, secrets);
    jobKeys.iv(protection, secrets, job);
    if (spec.packaging() != null) {
      packaging(spec.packaging(), fields, job);
    }
    String verify = spec.verify();
    if (verify != null) {
      fields.choice("/verify", verify, VerifyLevel.values(), VerifyLevel::id, job::verify);
    }
    Destination destination = output(spec.output(), secrets, id, fields, job);
    fields.set("/output/names", () -> job.names(OutputWishes.names(spec, id)));
    Integer priority = spec.priority();
    if (priority != null
        && (priority < JobSpec.LEAST_PRIORITY || priority > JobSpec.MOST_PRIORITY)) {
      fields.add("/priority", "invalid-value", priority + " is not from -50 to 50.");
    }
    Instant start = spec.startAt();
    if (start != null && start.isAfter(LATEST_START)) {
      fields.add("/startAt", "invalid-value", start + " is after the year 9999.");
    }
    SignalingSettings signaling =
        keys == keyServers.embedded() ? keyServers.signaling() : SignalingSettings.DEFAULT;
    String keyUri = protection == null ? null : protection.keyUri();
    job.signaling(keyUri == null ? signaling : signaling.withKeyUri(keyUri));
    Engine engine = engine(spec.packaging(), fields);
    fields.check();
    KeyExchange watched = watch.over(keys, kind(keys, keyServers), tenant, id);
    return new PreparedJob(build(job, fields), watched, engine, destination);
  }

  private static String kind(KeyExchange keys, KeyServers servers) {
    if (keys instanceof KeyServer server) {
      return server.facts().profile();
    }
    return keys == servers.embedded() ? "embedded" : "own-key";
  }

  private Engine engine(JobSpec.@Nullable Packaging wish, FieldChecks fields) {
    String name = wish == null || wish.engine() == null ? "native" : wish.engine();
    switch (name) {
      case "native" -> {}
      case "bento4" -> {
        return fields.read("/packaging/engine", bento4, Engine.NATIVE);
      }
      default -> fields.add("/packaging/engine", "invalid-value", "not one of native, bento4.");
    }
    return Engine.NATIVE;
  }

  private static PackagingJob build(PackagingJob.Builder job, FieldChecks fields) {
    try {
      return job.build();
    } catch (InvalidJobException e) {
      fields.add(e);
      throw fields.failure();
    }
  }

  private void inputs(
      JobSpec spec, JobSecrets secrets, FieldChecks fields, PackagingJob.Builder job) {
    JobSpec.Input single =
        spec.input() == null || secrets.inputUrl() == null
            ? spec.input()
            : spec.input().withUrl(SecretText.utf8(secrets.inputUrl()));
    List<JobSpec.Input> several = spec.inputs();
    if ((single == null) == (several == null)) {
      fields.add("/input", "invalid-input", "Give exactly one of input and inputs.");
      return;
    }
    List<JobSpec.Input> all = single != null ? List.of(single) : List.copyOf(several);
    if (all.isEmpty()) {
      fields.add("/inputs", "no-input", "There is no input.");
    }
    StorageCredentials credentials = JobSecrets.StorageAccess.credentials(secrets.input());
    for (int i = 0; i < all.size(); i++) {
      JobSpec.Input input = all.get(i);
      String at = single != null ? "/input" : "/inputs/" + i;
      JobInput media = new InputFiles(storage, credentials, fields).read(at, input);
      InputWishes wishes = new InputWishes(at, input, fields);
      Selection selection = wishes.selection();
      PlaybackPolicy policy = wishes.policy();
      if (media != null) {
        job.input(media.named(input.label(), input.language(), selection, policy));
      }
    }
  }

  private static void protection(
      JobSpec.Protection wish, FieldChecks fields, PackagingJob.Builder job) {
    if (wish.systems() != null) {
      List<DrmSystem> systems = new ArrayList<>();
      for (int i = 0; i < wish.systems().size(); i++) {
        String system = wish.systems().get(i);
        fields.set("/protection/systems/" + i, () -> systems.add(DrmSystem.ofId(system)));
      }
      if (wish.systems().isEmpty()) {
        fields.add("/protection/systems", "no-drm-system", "Name at least one DRM system.");
      }
      job.systems(systems);
    }
    String scheme = wish.scheme();
    if (scheme != null) {
      fields.set("/protection/scheme", () -> job.scheme(ProtectionScheme.ofFourCc(scheme)));
    }
    String rule = wish.keys();
    if (rule != null) {
      fields.set("/protection/keys", () -> job.keyRule(KeyRule.ofId(rule)));
    }
    if (wish.contentId() != null) {
      job.contentId(wish.contentId());
    }
    String pattern = wish.pattern();
    if (pattern != null) {
      fields.set("/protection/pattern", () -> job.pattern(Protection.pattern(pattern)));
    }
    if (wish.ivSize() != null) {
      job.ivBytes(wish.ivSize());
    }
    fields.set("/protection", () -> job.schedule(schedule(wish)));
  }

  private static KeySchedule schedule(JobSpec.Protection wish) {
    if (Boolean.FALSE.equals(wish.encrypted())) {
      return KeySchedule.NEVER;
    }
    KeySchedule always = KeySchedule.ALWAYS;
    return new KeySchedule(
        Objects.requireNonNullElse(wish.clearLead(), always.clearLeadSeconds()),
        Objects.requireNonNullElse(wish.keyPeriod(), always.keyPeriodSeconds()),
        wish.keyChange() == null ? always.change() : KeyChange.ofId(wish.keyChange()));
  }

  private static void packaging(
      JobSpec.Packaging wish, FieldChecks fields, PackagingJob.Builder job) {
    if (wish.formats() != null) {
      Set<OutputFormat> formats = EnumSet.noneOf(OutputFormat.class);
      for (int i = 0; i < wish.formats().size(); i++) {
        Consumer<OutputFormat> add = formats::add;
        fields.choice(
            "/packaging/formats/" + i,
            wish.formats().get(i),
            OutputFormat.values(),
            OutputFormat::id,
            add);
      }
      job.formats(formats);
    }
    if (wish.segment() != null && wish.segment().duration() != null) {
      job.segmentSeconds(wish.segment().duration());
    }
    if (wish.layout() != null) {
      fields.choice(
          "/packaging/layout", wish.layout(), Layout.values(), FieldChecks::enumId, job::layout);
    }
    job.trickPlay(Boolean.TRUE.equals(wish.trickPlay()));
    job.encryptInit(Boolean.TRUE.equals(wish.encryptInit()));
    if (wish.container() != null) {
      fields.choice(
          "/packaging/container",
          wish.container(),
          Container.values(),
          FieldChecks::enumId,
          job::container);
    }
  }

  /** Where the output goes when it is complete, or null if its folder is where it stays. */
  private @Nullable Destination output(
      JobSpec.@Nullable Output wish,
      JobSecrets secrets,
      String id,
      FieldChecks fields,
      PackagingJob.Builder job) {
    if (wish != null && wish.digests() != null) {
      job.digests(wish.digests());
    }
    job.output(data.outputOf(id));
    if (wish == null || wish.url() == null) {
      return null;
    }
    String url = wish.url();
    try {
      Path path = storage.localOutput(url);
      if (path == null) {
        return storage.output(
            url,
            Boolean.TRUE.equals(wish.replace()),
            JobSecrets.StorageAccess.credentials(secrets.output()));
      }
      job.output(path);
    } catch (DrmException e) {
      fields.add("/output/url", e);
    }
    return null;
  }

  /** Where keys of a tenant come from. */
  public interface KeyServers {
    /** Keys of the service's own seed. */
    KeyExchange embedded();

    /** Where players get keys that the service itself delivers. */
    SignalingSettings signaling();

    /**
     * @param server the name of an account, or a URL
     * @param type the protocol, for a URL; null for SPEKE v2.0
     * @throws DrmException if it is none that keys may be asked of
     */
    KeyExchange remote(String server, @Nullable String type);
  }
}
