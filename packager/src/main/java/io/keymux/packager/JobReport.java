package io.keymux.packager;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Track;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.ThumbnailTrack;
import io.keymux.packager.output.WrittenFile;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.verify.VerificationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code keymux-report.json}: what was made of what, and what was proved. Never a key. */
final class JobReport {
  static final String FILE = "keymux-report.json";

  private JobReport() {}

  static String json(EncryptionPlan plan, JobResult result, Path folder) {
    PackagingJob job = plan.job();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("contentId", job.contentId());
    if (job.protection().schedule().encrypts()) {
      report.put("scheme", job.protection().scheme().fourCc());
      report.put("systems", job.protection().systems().stream().map(DrmSystem::id).toList());
      report.put("keyRule", job.protection().keyRule().id());
    }
    report.put("durationSeconds", result.presentation().durationSeconds());
    report.put("inputBytes", inputBytes(plan));
    List<Object> tracks = new ArrayList<>();
    for (PackagedTrack packaged : result.presentation().allTracks()) {
      tracks.add(track(plan.track(packaged.track().name(), packaged.part()), packaged));
    }
    report.put("tracks", tracks);
    List<Object> thumbnails = new ArrayList<>();
    for (ThumbnailTrack images : result.presentation().thumbnails()) {
      thumbnails.add(thumbnails(images));
    }
    report.put("thumbnails", thumbnails);
    report.put("manifests", result.manifests());
    report.put("verification", verification(job.verify(), result.verification()));
    report.put("notes", result.notes());
    report.put("files", files(job, folder));
    return JsonText.of(report);
  }

  /** Of those with tracks that were packaged. */
  private static long inputBytes(EncryptionPlan plan) {
    Set<MediaSource> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
    plan.tracks().forEach(track -> inputs.add(track.source().source()));
    return inputs.stream().mapToLong(MediaSource::size).sum();
  }

  private static Map<String, Object> files(PackagingJob job, Path folder) {
    Map<String, Object> files = new LinkedHashMap<>();
    for (WrittenFile file : WrittenFile.all(folder, job.digests())) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("bytes", file.bytes());
      if (file.sha256() != null) {
        json.put("sha256", file.sha256());
      }
      files.put(file.name(), json);
    }
    return files;
  }

  private static Map<String, Object> track(TrackPlan plan, PackagedTrack packaged) {
    Track track = plan.source().track();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", track.name());
    json.put("type", track.type().name().toLowerCase(java.util.Locale.ROOT));
    json.put("codecs", track.codecs());
    json.put("language", track.language());
    switch (track.type()) {
      case VIDEO -> {
        json.put("width", track.width());
        json.put("height", track.height());
        json.put("frameRate", track.frameRate());
        json.put("rotation", plan.source().media().display().degrees());
      }
      case AUDIO -> {
        json.put("channels", track.channels());
        json.put("sampleRate", track.sampleRate());
      }
      case TEXT -> {}
    }
    json.put("segments", packaged.segments().size());
    json.put("averageBitrate", packaged.averageBitrate());
    json.put("peakBitrate", packaged.peakBitrate());
    json.put("protected", packaged.protection() != null);
    if (packaged.protection() != null) {
      json.put("keyId", packaged.protection().keyId().toString());
      json.put("rule", plan.rule());
    }
    List<String> keyIds = packaged.protections().stream().map(p -> p.keyId().toString()).toList();
    if (keyIds.size() > 1) {
      json.put("keyIds", keyIds);
    }
    boolean clearLead =
        packaged.protection() != null
            && packaged.segments().stream().anyMatch(s -> s.protection() == null);
    if (clearLead) {
      json.put(
          "clearSegments",
          packaged.segments().stream().filter(s -> s.protection() == null).count());
    }
    return json;
  }

  private static Map<String, Object> thumbnails(ThumbnailTrack track) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", track.name());
    json.put("mimeType", track.format().mimeType());
    json.put("width", track.width());
    json.put("height", track.height());
    json.put("tiles", track.tiling().layout());
    json.put("every", track.tiling().everySeconds());
    json.put("images", track.images().size());
    json.put("bandwidth", track.bandwidth());
    return json;
  }

  static Map<String, Object> verification(VerifyLevel level, VerificationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("level", level.id());
    json.put("passed", report.passed());
    json.put("fragments", report.fragments());
    json.put("samplesDecrypted", report.samplesDecrypted());
    json.put("samplesEqualToSource", report.samplesCompared());
    json.put("findings", report.findings().stream().map(Object::toString).toList());
    return json;
  }
}
