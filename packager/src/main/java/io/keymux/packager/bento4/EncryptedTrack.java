package io.keymux.packager.bento4;

import io.keymux.cpix.DrmException;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.MovieReader;
import io.keymux.packager.isobmff.SampleProtection;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of one fragmented track that a program made, opened.
 *
 * @param source closed with this
 */
record EncryptedTrack(FileSource source, MediaTrack media) implements AutoCloseable {
  /**
   * Opens it and holds its samples against the plan.
   *
   * @throws DrmException with code {@code tool-output-wrong} if it is not whole, not fragmented, or
   *     has other samples
   */
  static EncryptedTrack open(Path file, TrackPlan plan) {
    FileSource source = open(plan, file);
    try {
      List<MediaTrack> tracks = MovieReader.read(source).tracks();
      if (tracks.size() != 1) {
        throw BadBento4File.wrong(plan, "it has %d tracks, not one".formatted(tracks.size()));
      }
      MediaTrack media = tracks.get(0);
      requireSamples(plan, media.samples());
      return new EncryptedTrack(source, media);
    } catch (DrmException e) {
      source.close();
      throw e.code().equals("tool-output-wrong") ? e : BadBento4File.wrong(plan, e.problem(), e);
    }
  }

  private static FileSource open(TrackPlan plan, Path file) {
    try {
      return FileSource.open(file);
    } catch (DrmException e) {
      throw BadBento4File.wrong(plan, "there is none", e);
    }
  }

  private static void requireSamples(TrackPlan plan, SampleTable found) {
    SampleTable wanted = plan.source().media().samples();
    if (found.count() != wanted.count()) {
      throw BadBento4File.wrong(
          plan, "it has %d samples, the input has %d".formatted(found.count(), wanted.count()));
    }
    for (int i = 0; i < wanted.count(); i++) {
      if (found.size(i) != wanted.size(i)) {
        throw BadBento4File.wrong(
            plan,
            "its sample %d has %d bytes, that of the input %d"
                .formatted(i, found.size(i), wanted.size(i)));
      }
    }
  }

  /** How samples are encrypted, or null if all are clear. */
  @Nullable SampleProtection protection() {
    return media.protection();
  }

  /** The plan of the same track with samples that are read from here. */
  TrackPlan as(TrackPlan plan) {
    TrackSource from = plan.source();
    MediaTrack was = from.media();
    MediaTrack moved =
        new MediaTrack(
            was.trackId(),
            was.type(),
            was.timescale(),
            was.language(),
            was.entry(),
            was.display(),
            was.edit(),
            was.samples().at(media.samples()),
            null,
            was.groups(),
            was.events());
    return new TrackPlan(
        new TrackSource(
            from.track(), from.details(), moved, from.codec(), source, from.fingerprint()),
        plan.part(),
        plan.decodeTimeShift(),
        plan.firstNumber(),
        plan.segments(),
        plan.spans(),
        plan.segmentKeys());
  }

  @Override
  public void close() {
    source.close();
  }
}
