package io.keymux.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import io.keymux.api.problem.RequestException;
import io.keymux.api.queue.JobService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/jobs/{id}/outputs}: where a finished job's output is, and what is in it. */
final class OutputsHandler implements Handler {
  private final JobService jobs;

  OutputsHandler(JobService jobs) {
    this.jobs = jobs;
  }

  /**
   * @param dash path of the MPD, or null
   * @param hls path of the multivariant playlist, or null
   * @param player path of a page that plays it
   * @param report the job's {@code keymux-report.json}
   */
  record Outputs(
      String id, @Nullable String dash, @Nullable String hls, String player, JsonNode report) {}

  @Override
  public void handle(Context ctx) throws IOException {
    Job job = jobs.get(JobHandlers.tenant(ctx), ctx.pathParam("id"));
    if (job.state() != JobState.SUCCEEDED) {
      throw RequestException.noOutput(job.state().id());
    }
    JsonNode report =
        Json.mapper()
            .readTree(Files.readAllBytes(OutputFolder.of(job).resolve("keymux-report.json")));
    JobHandlers.json(
        ctx,
        200,
        new Outputs(
            job.id(),
            published(job, "manifest.mpd"),
            published(job, "master.m3u8"),
            "/player?job=" + job.id(),
            report));
  }

  private static @Nullable String published(Job job, String name) {
    Path file = OutputFolder.of(job).resolve(name);
    return Files.exists(file) ? "/media/" + job.id() + "/" + name : null;
  }
}
