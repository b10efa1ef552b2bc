package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import io.keymux.api.problem.RequestException;
import io.keymux.api.queue.JobService;
import io.keymux.api.storage.StorageUrl;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/jobs/{id}/outputs}: where a finished job's output is, and what is in it. */
final class OutputsHandler implements Handler {
  private final JobService jobs;

  OutputsHandler(JobService jobs) {
    this.jobs = jobs;
  }

  /**
   * @param dash path of the MPD, or its URL in a bucket, or null
   * @param hls path of the multivariant playlist, or its URL in a bucket, or null
   * @param player path of a page that plays it, or null if it is in a bucket
   * @param report the job's {@code keymux-report.json}
   */
  record Outputs(
      String id,
      @Nullable String dash,
      @Nullable String hls,
      @Nullable String player,
      JsonNode report) {}

  @Override
  public void handle(Context ctx) {
    Job job = jobs.get(Door.tenant(ctx), ctx.pathParam("id"));
    if (job.state() != JobState.SUCCEEDED) {
      throw RequestException.noOutput(job.state().id());
    }
    byte[] kept = jobs.report(job.id()).orElseThrow(RequestException::outputGone).getBytes(UTF_8);
    JsonNode report = Json.read(kept, JsonNode.class);
    String bucket = bucket(job);
    JobHandlers.json(
        ctx,
        200,
        new Outputs(
            job.id(),
            published(job, ".mpd", bucket, report),
            published(job, ".m3u8", bucket, report),
            bucket == null ? "/player?job=" + job.id() : null,
            report));
  }

  /** With a slash at its end; null if the output is local. */
  private static @Nullable String bucket(Job job) {
    JobSpec.Output output = job.spec().output();
    String url = output == null ? null : output.url();
    return url == null || !StorageUrl.isRemote(url) ? null : url.endsWith("/") ? url : url + "/";
  }

  /** The last of a kind: the multivariant playlist follows those that it names. */
  private static @Nullable String published(
      Job job, String ending, @Nullable String bucket, JsonNode report) {
    String last = null;
    for (JsonNode manifest : report.path("manifests")) {
      if (manifest.asText().endsWith(ending)) {
        last = manifest.asText();
      }
    }
    return last == null ? null : bucket == null ? "/media/" + job.id() + "/" + last : bucket + last;
  }
}
