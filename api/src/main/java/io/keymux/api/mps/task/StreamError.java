package io.keymux.api.mps.task;

import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.api.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why a stream failed, in the terms of Tencent's service. It has no codes for key servers; ours
 * follow its naming.
 *
 * @param codeExt empty if nothing failed
 * @param code the older number: 0, 40000 for the caller's fault, 60000 for the source file's, 70000
 *     for anything else
 */
record StreamError(String codeExt, int code, String message) {
  private static final StreamError NONE = new StreamError("", 0, "");
  private static final int CALLER = 40_000;
  private static final int SOURCE = 60_000;
  private static final int INTERNAL = 70_000;

  /** Of failures where the output goes; storage that fails otherwise has the input. */
  private static final int OUTPUT_STATUS = 507;

  private static final Map<String, String> KEY_SERVER =
      Map.ofEntries(
          Map.entry("key-server-unreachable", "KeyServerUnreachable"),
          Map.entry("key-server-untrusted", "KeyServerUnreachable"),
          Map.entry("key-server-timeout", "KeyServerUnreachable"),
          Map.entry("key-server-address-refused", "KeyServerUnreachable"),
          Map.entry("key-server-unauthorized", "KeyServerUnauthorized"),
          Map.entry("key-server-login-failed", "KeyServerUnauthorized"),
          Map.entry("key-ticket-expired", "KeyServerUnauthorized"),
          Map.entry("key-limit-exceeded", "KeyServerLimitExceeded"),
          Map.entry("key-server-refused", "KeyServerBadResponse"),
          Map.entry("key-response-too-large", "KeyServerBadResponse"),
          Map.entry("key-response-invalid", "KeyServerBadResponse"));

  /** Of failures that another source file would not have, whatever else is asked for. */
  private static final Set<String> OF_SOURCE =
      Set.of(
          "asset-unreadable",
          "asset-unsupported",
          "audio-frame-too-large",
          "audio-frame-unreadable",
          "codec-config-unreadable",
          "codec-unsupported",
          "edit-list-unsupported",
          "external-media",
          "frame-header-unreadable",
          "image-malformed",
          "image-too-large",
          "image-unsupported",
          "init-segments-differ",
          "input-empty",
          "input-encrypted",
          "input-truncated",
          "input-unreadable",
          "malformed-mp4",
          "manifest-too-large",
          "nal-length-invalid",
          "no-manifest",
          "no-moov",
          "not-a-playlist",
          "not-an-mp4",
          "not-an-mpd",
          "playlist-unsupported",
          "sample-too-long",
          "segment-is-movie",
          "segment-missing",
          "segments-not-contiguous",
          "several-sample-entries",
          "slice-header-unreadable",
          "text-too-large",
          "too-many-samples",
          "too-many-subsamples",
          "ttml-images-unsupported",
          "ttml-malformed",
          "webvtt-malformed");

  static StreamError of(Optional<Job> job) {
    if (job.isEmpty()) {
      return new StreamError("InternalError", INTERNAL, "The job is not kept any more.");
    }
    JobState state = job.get().state();
    if (state == JobState.CANCELLED) {
      return new StreamError("InvalidInput.TaskAborted", CALLER, "The task was aborted.");
    }
    Problem problem = job.get().problem();
    return state != JobState.FAILED || problem == null ? NONE : of(problem);
  }

  private static StreamError of(Problem problem) {
    String keyServer = KEY_SERVER.get(problem.code());
    String text = problem.detail() + " (" + problem.code() + ")";
    if (keyServer != null) {
      return new StreamError("InvalidInput." + keyServer, CALLER, text);
    }
    if (problem.code().equals("no-tracks") || problem.code().equals("no-media")) {
      return new StreamError("SourceFileError.NoVideoMedia", SOURCE, text);
    }
    boolean source =
        OF_SOURCE.contains(problem.code())
            || (problem.code().startsWith("storage-") && problem.status() != OUTPUT_STATUS);
    if (source) {
      return new StreamError("SourceFileError", SOURCE, text);
    }
    return problem.status() == 422 || problem.status() == 501
        ? new StreamError("InvalidInput", CALLER, text)
        : new StreamError("InternalError", INTERNAL, text);
  }
}
