package io.keymux.packager;

import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.verify.VerificationReport;
import java.util.List;

/**
 * What a job made; holds no key.
 *
 * @param presentation tracks and segments, with paths relative to the output folder
 * @param manifests relative to the output folder: {@code manifest.mpd}, {@code master.m3u8} and the
 *     media playlists
 * @param notes what was left out of the inputs and why, a sentence each
 */
public record JobResult(
    PackagingJob job,
    Presentation presentation,
    List<String> manifests,
    VerificationReport verification,
    List<String> notes) {

  /**
   * What players and people open, in the order in which it has to appear where the output is copied
   * to: the report first, players' manifests last. Not all of it is there in each job.
   */
  public List<String> entryPoints() {
    return Manifests.entryPoints(job.names());
  }
}
