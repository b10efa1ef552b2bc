package io.keymux.packager.isobmff;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SourcePart;

/** The ways in which an input movie is refused, with the texts the user reads. */
final class BadInput {
  private static final String INCOMPLETE = "The file is incomplete: copy or make it anew.";

  private BadInput() {}

  static DrmException empty(MediaSource source) {
    return caller(
        "input-empty",
        "Input %s is empty.".formatted(source.name()),
        "Check that the file was written completely.");
  }

  static DrmException notMp4(SourcePart source) {
    return caller(
        "not-an-mp4",
        "Input %s is not an MP4: it does not begin with a known box.".formatted(source.name()),
        "Convert it to MP4 first, for example with ffmpeg -c copy.");
  }

  static DrmException noMoov(MediaSource source) {
    return caller(
        "no-moov",
        "Input %s has no moov box, so nothing describes its tracks.".formatted(source.name()),
        "Give a whole file. A media segment needs its initialization segment:"
            + " init.mp4,segments=seg-*.m4s.");
  }

  static DrmException noTracks(MediaSource source) {
    return caller(
        "no-tracks",
        "Input %s has no video, audio or text track with a sample.".formatted(source.name()),
        "Check that the right file was given.");
  }

  static DrmException initAlone(MediaSource source) {
    return caller(
        "no-tracks",
        "Input %s is an initialization segment: it has no samples.".formatted(source.name()),
        "Give its media segments too: init.mp4,segments=seg-*.m4s.");
  }

  static DrmException movieAmongSegments(SourcePart source) {
    return caller(
        "segment-is-movie",
        "Input %s is given as a media segment, but has a moov box.".formatted(source.name()),
        "Name initialization segments and their segments in order; give whole movies as inputs of their own.");
  }

  static DrmException initSegmentsDiffer(SourcePart source, String why) {
    return caller(
        "init-segments-differ",
        "Input %s is an init segment that does not go on with the one before it: %s."
            .formatted(source.name(), why),
        "Give segments of one track; its init segments may differ in encryption alone.");
  }

  /**
   * @param wanted where the segment before ends, in ticks
   * @param found where the segment begins, in ticks
   */
  static DrmException notContiguous(SourcePart source, int trackId, long wanted, long found) {
    return caller(
        "segments-not-contiguous",
        "Input %s begins at %d ticks in track %d, but the segment before it ends at %d."
            .formatted(source.name(), found, trackId, wanted),
        "Give all segments of one rendition in order. A gap that is meant is kept if the segments"
            + " are joined into one file first.");
  }

  static DrmException boxTruncated(SourcePart source, String box, long offset, long needed) {
    return caller(
        "input-truncated",
        "Input %s has %d bytes, but its box %s at byte offset %d needs %d."
            .formatted(source.name(), source.size(), box, source.offset(offset), needed),
        INCOMPLETE);
  }

  /**
   * @param sample counted from 1, as media tools do
   */
  static DrmException sampleTruncated(
      SourcePart source, int trackId, int sample, long offset, int size) {
    return caller(
        "input-truncated",
        "Input %s has %d bytes, but sample %d of track %d has %d bytes at byte offset %d."
            .formatted(source.name(), source.size(), sample, trackId, size, source.offset(offset)),
        INCOMPLETE);
  }

  static DrmException malformed(MediaSource source, MalformedBoxException cause) {
    SourcePart part = source.part(Math.max(0, Math.min(cause.offset(), source.size() - 1)));
    String what = cause.problem().substring(cause.problem().indexOf(':'));
    return new DrmException(
        Blame.CALLER,
        "malformed-mp4",
        "Input %s, byte offset %d%s".formatted(part.name(), part.offset(cause.offset()), what),
        cause.remedy(),
        cause);
  }

  /**
   * @param sample counted from 1
   */
  static DrmException sampleInMoov(MediaSource source, int trackId, int sample, long offset) {
    return caller(
        "malformed-mp4",
        "Input %s: sample %d of track %d at byte offset %d lies in the moov box."
            .formatted(source.name(), sample, trackId, offset),
        "The file is damaged; make it anew.");
  }

  static DrmException noDuration(MediaSource source, int trackId, int samples) {
    return caller(
        "malformed-mp4",
        "Input %s: the %d samples of track %d last no time."
            .formatted(source.name(), samples, trackId),
        "The file is damaged; make it anew.");
  }

  static DrmException encrypted(MediaSource source, int trackId, String format) {
    return unsupported(
        "input-encrypted",
        "Track %d of input %s is already encrypted (sample entry %s)."
            .formatted(trackId, source.name(), format),
        "Give the clear file, or decrypt it first with its keys.");
  }

  static DrmException severalEntries(MediaSource source, int trackId, int used) {
    return unsupported(
        "several-sample-entries",
        "Track %d of input %s changes its codec description: its samples use %d sample entries."
            .formatted(trackId, source.name(), used),
        "Encode the track with one set of parameters.");
  }

  static DrmException externalMedia(MediaSource source, int trackId) {
    return unsupported(
        "external-media",
        "The samples of track %d are not in input %s but in another file."
            .formatted(trackId, source.name()),
        "Make the movie self-contained, for example with ffmpeg -c copy.");
  }

  static DrmException editList(MediaSource source, int trackId, String why) {
    return unsupported(
        "edit-list-unsupported",
        "The edit list of track %d of input %s %s.".formatted(trackId, source.name(), why),
        "Export the file without edits; one start offset and one delay are supported.");
  }

  static DrmException tooManySamples(MediaSource source, long limit) {
    return unsupported(
        "too-many-samples",
        "Input %s describes more than %d samples.".formatted(source.name(), limit),
        "Split the input; uncompressed audio must be encoded first.");
  }

  private static DrmException caller(String code, String problem, String remedy) {
    return new DrmException(Blame.CALLER, code, problem, remedy);
  }

  private static DrmException unsupported(String code, String problem, String remedy) {
    return new DrmException(Blame.UNSUPPORTED, code, problem, remedy);
  }
}
