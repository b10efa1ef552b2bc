package io.keymux.api.cli;

import io.keymux.api.job.ThumbnailView;
import io.keymux.api.json.Json;
import io.keymux.cpix.DrmSystem;
import io.keymux.packager.JobResult;
import io.keymux.packager.job.Protection;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says to programs, on one line, what a job made and what was proved of it. */
final class ResultJson {
  private ResultJson() {}

  /**
   * @param place of the output, with a slash at its end
   */
  static String line(JobResult result, String place, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("event", "result");
    json.put("contentId", result.job().contentId());
    Protection protection = result.job().protection();
    boolean encrypts = protection.schedule().encrypts();
    json.put("scheme", encrypts ? protection.scheme().fourCc() : null);
    json.put(
        "systems",
        encrypts ? protection.systems().stream().map(DrmSystem::id).toList() : List.of());
    json.put("output", place.substring(0, place.length() - 1));
    json.put("manifests", result.manifests());
    json.put("tracks", result.presentation().allTracks().stream().map(ResultJson::track).toList());
    json.put(
        "thumbnails", result.presentation().thumbnails().stream().map(ThumbnailView::of).toList());
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
