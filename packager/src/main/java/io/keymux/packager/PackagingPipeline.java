package io.keymux.packager;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.Track;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.OutputNames;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Protection;
import io.keymux.packager.job.Stage;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.ThumbnailTrack;
import io.keymux.packager.output.PublishGuard;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.KeyPeriodPlan;
import io.keymux.packager.plan.KeyTimeline;
import io.keymux.packager.plan.NamedFiles;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.RepeatedKeys;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import io.keymux.packager.verify.OutputVerifier;
import io.keymux.packager.verify.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One job in one direction: each step makes a new value from those before it. */
final class PackagingPipeline {
  private final @Nullable KeyExchange keys;
  private final Engines engines;
  private final PublishGuard guard;

  /**
   * @param keys null if no job needs any
   */
  PackagingPipeline(@Nullable KeyExchange keys, Engines engines, PublishGuard guard) {
    this.keys = keys;
    this.engines = engines;
    this.guard = guard;
  }

  JobResult run(PackagingJob job, ProgressListener progress, CancelToken cancel)
      throws InterruptedException {
    progress.progress(Stage.PREPARING, 0, 0);
    try (OpenInputs inputs = OpenInputs.open(job.inputs(), job.segmentSeconds())) {
      cancel.check();
      List<TrackSource> sources = inputs.tracks(job);
      engines.require(job, sources);
      progress.progress(Stage.ACQUIRING_KEYS, 0, 0);
      KeyTimeline timeline = KeyTimeline.of(job, sources);
      List<CpixDocument> documents = new ArrayList<>();
      for (KeyRequest request : requests(job, sources, timeline)) {
        documents.add(Objects.requireNonNull(keys).exchange(request));
        cancel.check();
      }
      EncryptionPlan plan = EncryptionPlan.of(job, sources, timeline, documents);
      plan.requireNames();
      try (StagedOutput output = StagedOutput.open(job.output(), guard)) {
        return write(plan, inputs, output, progress, cancel);
      }
    }
  }

  /** What is asked of the key server for these tracks, once for each key period. */
  static List<KeyRequest> requests(
      PackagingJob job, List<TrackSource> tracks, KeyTimeline timeline) {
    Protection protection = job.protection();
    List<Track> encrypted =
        tracks.stream()
            .filter(track -> track.details().picturesOf() == null)
            .map(TrackSource::track)
            .filter(track -> !protection.clearTracks().contains(track.name()))
            .toList();
    List<KeyRequest> requests = new ArrayList<>();
    for (int i = 0; i < timeline.keyPeriods(); i++) {
      KeyPeriod period = protection.schedule().rotates() ? KeyPeriod.numbered(i + 1) : null;
      requests.add(KeyPeriodPlan.request(job.contentId(), protection, encrypted, period));
    }
    return requests;
  }

  private static List<String> notes(EncryptionPlan plan, OpenInputs inputs) {
    List<String> notes = new ArrayList<>(inputs.notes());
    notes.addAll(RepeatedKeys.notes(plan.keys()));
    if (plan.job().container() == Container.TS) {
      for (TrackPlan track : plan.tracks()) {
        if (track.isText() && !track.isWebVtt()) {
          notes.add("Track " + track.name() + " is left out: beside MPEG-TS, HLS has WebVTT only.");
        }
        if (track.part() == 0 && !track.source().media().events().isEmpty()) {
          notes.add("The events of " + track.name() + " are left out: MPEG-TS has no emsg.");
        }
      }
    }
    return notes;
  }

  private static void copy(
      List<ThumbnailTrack> thumbnails, StagedOutput output, CancelToken cancel) {
    for (ThumbnailTrack track : thumbnails) {
      for (int i = 0; i < track.images().size(); i++) {
        cancel.check();
        output.copy(track.path(i), track.images().get(i).source());
      }
    }
  }

  private JobResult write(
      EncryptionPlan plan,
      OpenInputs inputs,
      StagedOutput output,
      ProgressListener progress,
      CancelToken cancel)
      throws InterruptedException {
    PackagingJob job = plan.job();
    List<PackagedTrack> tracks = engines.pack(plan, output, progress, cancel);
    List<PackagedTrack> webVtt = Engines.packWebVtt(plan, output, cancel);
    OutputNames names = job.names();
    if (names != null) {
      NamedFiles files = new NamedFiles(names);
      tracks = files.renamed(tracks);
      webVtt = files.renamed(webVtt);
      output.rename(files.moves());
    }
    copy(inputs.thumbnails(), output, cancel);
    Presentation presentation =
        new Presentation(job.layout(), job.segmentSeconds(), tracks, webVtt, inputs.thumbnails());
    Map<String, String> manifests = Manifests.of(job.formats(), presentation, names);
    manifests.forEach(output::write);

    VerificationReport report =
        OutputVerifier.verify(plan, presentation, output.folder(), progress, cancel);
    if (!report.passed()) {
      throw VerificationFailedException.of(report);
    }
    cancel.check();
    progress.progress(Stage.PUBLISHING, 0, 0);
    JobResult result =
        new JobResult(
            job, presentation, List.copyOf(manifests.keySet()), report, notes(plan, inputs));
    output.write(Manifests.report(names), JobReport.json(plan, result, output.folder()));
    output.publish(Manifests.entryPoints(names), names == null, guard);
    return result;
  }
}
