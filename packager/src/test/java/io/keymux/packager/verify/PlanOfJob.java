package io.keymux.packager.verify;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.Track;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.KeyTimeline;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.TrackSource;
import java.util.List;

/** The plan of a job of one key period, made once more. */
record PlanOfJob(OpenInputs inputs, EncryptionPlan plan) implements AutoCloseable {

  static PlanOfJob of(PackagingJob job) throws InterruptedException {
    OpenInputs inputs = OpenInputs.open(job.inputs());
    List<Track> tracks = inputs.tracks().stream().map(TrackSource::track).toList();
    KeyRequest request =
        new KeyRequest(
            job.contentId(),
            job.protection().scheme(),
            job.protection().systems(),
            job.protection().keyRule().rules(job.contentId(), tracks, null),
            null,
            null);
    CpixDocument document = TestKeys.exchange().exchange(request);
    return new PlanOfJob(
        inputs,
        EncryptionPlan.of(
            job, inputs.tracks(), KeyTimeline.of(job, inputs.tracks()), List.of(document)));
  }

  @Override
  public void close() {
    inputs.close();
  }
}
