package io.keymux.packager.isobmff;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;

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

  static DrmException notMp4(MediaSource source) {
    return caller(
        "not-an-mp4",
        "Input %s is not an MP4: it does not begin with a known box.".formatted(source.name()),
        "Convert it to MP4 first, for example with ffmpeg -c copy.");
  }

  static DrmException noMoov(MediaSource source) {
    return caller(
        "no-moov",
        "Input %s has no moov box, so nothing describes its tracks.".formatted(source.name()),
        "Give a whole file: a media segment needs its initialization segment in front.");
  }

  static DrmException noTracks(MediaSource source) {
    return caller(
        "no-tracks",
        "Input %s has no video, audio or text track with a sample.".formatted(source.name()),
        "Check that the right file was given.");
  }

  static DrmException boxTruncated(MediaSource source, String box, long offset, long needed) {
    return caller(
        "input-truncated",
        "Input %s has %d bytes, but its box %s at byte offset %d needs %d."
            .formatted(source.name(), source.size(), box, offset, needed),
        INCOMPLETE);
  }

  /**
   * @param sample counted from 1, as media tools do
   */
  static DrmException sampleTruncated(
      MediaSource source, int trackId, int sample, long offset, int size) {
    return caller(
        "input-truncated",
        "Input %s has %d bytes, but sample %d of track %d has %d bytes at byte offset %d."
            .formatted(source.name(), source.size(), sample, trackId, size, offset),
        INCOMPLETE);
  }

  static DrmException malformed(MediaSource source, MalformedBoxException cause) {
    return new DrmException(
        Blame.CALLER,
        "malformed-mp4",
        "Input %s, byte offset %s".formatted(source.name(), cause.problem().substring(12)),
        cause.remedy(),
        cause);
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
