package io.keymux.api.http;

import io.javalin.http.Context;
import io.keymux.api.job.CpixView;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.PlanView;
import io.keymux.api.job.PreparedJob;
import io.keymux.api.job.TrackView;
import io.keymux.api.queue.JobService;
import io.keymux.cpix.document.CpixTree;
import io.keymux.packager.JobPreview;
import io.keymux.packager.Keymux;
import java.util.Arrays;
import java.util.List;

/**
 * What can be asked without a job: {@code /v1/plan}, {@code /v1/probe}, {@code /v1/cpix/inspect}.
 */
final class InspectHandlers {
  private final JobService jobs;

  InspectHandlers(JobService jobs) {
    this.jobs = jobs;
  }

  /** What a job with this body would do. No key server is asked. */
  void plan(Context ctx) throws InterruptedException {
    JobSpec spec = RequestBody.json(ctx, RequestBody.bytes(ctx), JobSpec.class);
    PreparedJob prepared = jobs.prepare(Door.tenant(ctx), spec);
    JobHandlers.json(ctx, 200, PlanView.of(preview(prepared)));
  }

  /**
   * @param tracks of all inputs, named as a job would name them
   */
  record Probe(List<TrackView> tracks, List<String> notes) {}

  /** The tracks of inputs. */
  void probe(Context ctx) throws InterruptedException {
    JobSpec.Input input = RequestBody.json(ctx, RequestBody.bytes(ctx), JobSpec.Input.class);
    PreparedJob prepared = jobs.prepare(Door.tenant(ctx), JobSpec.of(input));
    JobPreview preview = preview(prepared);
    List<TrackView> tracks =
        preview.tracks().stream().map(track -> TrackView.of(track.track())).toList();
    JobHandlers.json(ctx, 200, new Probe(tracks, preview.notes()));
  }

  private static JobPreview preview(PreparedJob prepared) throws InterruptedException {
    return Keymux.packager().engine(prepared.engine()).plan(prepared.job());
  }

  /** What a CPIX document says, without its keys. */
  void cpix(Context ctx) {
    RequestBody.requireType(ctx, "application/xml", "text/xml", "application/cpix+xml");
    byte[] document = RequestBody.bytes(ctx);
    try {
      CpixTree tree = CpixTree.read(document);
      JobHandlers.json(ctx, 200, CpixView.of(tree.preview(), tree));
    } finally {
      Arrays.fill(document, (byte) 0);
    }
  }
}
