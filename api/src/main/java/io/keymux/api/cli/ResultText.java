package io.keymux.api.cli;

import io.keymux.api.json.Json;
import io.keymux.cpix.DrmSystem;
import io.keymux.packager.JobResult;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.verify.VerificationReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what a job made and what was proved of it. */
final class ResultText {
  private ResultText() {}

  /** For people. */
  static String text(JobResult result, double seconds) {
    PackagingJob job = result.job();
    StringBuilder text = new StringBuilder();
    for (PackagedTrack track : result.presentation().tracks()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %s, %d segments, %s%n",
              track.track().describe(),
              track.segments().size(),
              track.protection() == null ? "clear" : "KID " + track.protection().keyId()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "Packaged %.1f s of media in %.1f s: %s for %s, content id %s.%n",
            result.presentation().durationSeconds(),
            seconds,
            job.scheme().fourCc(),
            job.systems().stream().map(DrmSystem::id).collect(Collectors.joining(", ")),
            job.contentId()));
    text.append(proved(result)).append(System.lineSeparator());
    result
        .notes()
        .forEach(note -> text.append("Note: ").append(note).append(System.lineSeparator()));
    for (String manifest : result.manifests()) {
      if (!manifest.contains("/")) {
        text.append(job.output().resolve(manifest)).append(System.lineSeparator());
      }
    }
    return text.toString();
  }

  private static String proved(JobResult result) {
    VerificationReport report = result.verification();
    return switch (result.job().verify()) {
      case NONE -> "Nothing was verified.";
      case STRUCTURE -> "Verified the structure of %d fragments.".formatted(report.fragments());
      case SAMPLE, FULL ->
          "Verified %d fragments; %d samples decrypted, %d of them compared and equal to the source."
              .formatted(report.fragments(), report.samplesDecrypted(), report.samplesCompared());
    };
  }

  /** For programs, on one line. */
  static String json(JobResult result, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("event", "result");
    json.put("contentId", result.job().contentId());
    json.put("scheme", result.job().scheme().fourCc());
    json.put("systems", result.job().systems().stream().map(DrmSystem::id).toList());
    json.put("output", result.job().output().toString());
    json.put("manifests", result.manifests());
    json.put("tracks", result.presentation().tracks().stream().map(ResultText::track).toList());
    Map<String, Object> verification = new LinkedHashMap<>();
    verification.put("level", result.job().verify().id());
    verification.put("passed", result.verification().passed());
    verification.put("fragments", result.verification().fragments());
    verification.put("samplesDecrypted", result.verification().samplesDecrypted());
    verification.put("samplesEqualToSource", result.verification().samplesCompared());
    json.put("verification", verification);
    json.put("notes", new ArrayList<>(result.notes()));
    json.put("seconds", Math.round(seconds * 1000) / 1000.0);
    return Json.line(json);
  }

  private static Map<String, Object> track(PackagedTrack track) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", track.track().name());
    json.put("type", track.track().type().name().toLowerCase(Locale.ROOT));
    json.put("codecs", track.track().codecs());
    json.put("keyId", track.protection() == null ? null : track.protection().keyId().toString());
    List<Segment> segments = track.segments();
    json.put("segments", segments.size());
    json.put("bytes", segments.stream().mapToLong(s -> s.range().length()).sum());
    return json;
  }
}
