package io.keymux.api.cli;

import io.keymux.cpix.DrmSystem;
import io.keymux.packager.JobResult;
import io.keymux.packager.job.EncryptionKind;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.ThumbnailTrack;
import io.keymux.packager.verify.VerificationReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Says to people what a job made and what was proved of it. Every cold start runs this, so it is
 * written without formatters and streams.
 */
final class ResultText {
  private ResultText() {}

  /**
   * @param place of the output, with a slash at its end
   */
  static String of(JobResult result, String place, double seconds) {
    PackagingJob job = result.job();
    StringBuilder text = new StringBuilder();
    for (PackagedTrack track : result.presentation().allTracks()) {
      line(
          text,
          "  "
              + track.track().describe()
              + ", "
              + track.segments().size()
              + " segments, "
              + (track.protection() == null ? "clear" : "KID " + track.protection().keyId()));
    }
    for (ThumbnailTrack images : result.presentation().thumbnails()) {
      line(text, "  " + describe(images));
    }
    line(
        text,
        "Packaged "
            + Tenths.of(result.presentation().durationSeconds())
            + " s of media in "
            + Tenths.of(seconds)
            + " s: "
            + protection(job)
            + ".");
    line(text, proved(result));
    for (Object note : result.notes()) {
      line(text, "Note: " + note);
    }
    for (String manifest : result.manifests()) {
      if (!manifest.contains("/")) {
        line(text, place + manifest);
      }
    }
    return text.toString();
  }

  private static String protection(PackagingJob job) {
    if (!job.protection().schedule().encrypts()) {
      return "all of it clear";
    }
    List<String> systems = new ArrayList<>();
    for (DrmSystem system : job.protection().systems()) {
      systems.add(system.id());
    }
    return (job.kind() == EncryptionKind.COMMON_ENCRYPTION
            ? job.protection().scheme().fourCc() + " for "
            : "HLS with ")
        + String.join(", ", systems)
        + ", content id "
        + job.contentId();
  }

  /** As a track is described, in words. */
  static String describe(ThumbnailTrack images) {
    return images.name()
        + " ("
        + images.format()
        + ", "
        + images.width()
        + "x"
        + images.height()
        + ", "
        + images.tiling().layout()
        + " an image, one every "
        + images.tiling().everySeconds()
        + " s), "
        + images.images().size()
        + " images, clear";
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }

  private static String proved(JobResult result) {
    VerificationReport report = result.verification();
    return switch (result.job().verify()) {
      case NONE -> "Nothing was verified.";
      case STRUCTURE -> "Verified the structure of " + report.fragments() + " fragments.";
      case SAMPLE, FULL ->
          "Verified "
              + report.fragments()
              + " fragments; "
              + report.samplesDecrypted()
              + " samples decrypted, "
              + report.samplesCompared()
              + " of them compared and equal to the source.";
    };
  }
}
