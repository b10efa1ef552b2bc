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
    List<String> notes) {}
