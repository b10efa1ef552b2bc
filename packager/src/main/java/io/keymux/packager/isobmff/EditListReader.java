package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import java.math.BigInteger;

/**
 * Reduces {@code elst} to a delay and one edit.
 *
 * @see "ISO/IEC 14496-12, 8.6.6 Edit List Box"
 */
final class EditListReader {
  /** An edit may end this much before the media and still count as reaching its end. */
  private static final int ROUNDING_TICKS = 2;

  private final MediaSource source;
  private final int trackId;
  private final int movieTimescale;
  private final int timescale;

  /**
   * @param movieTimescale of the durations in the list
   * @param timescale of the track
   */
  EditListReader(MediaSource source, int trackId, int movieTimescale, int timescale) {
    this.source = source;
    this.trackId = trackId;
    this.movieTimescale = movieTimescale;
    this.timescale = timescale;
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code edit-list-unsupported} if the list is not
   *     empty edits followed by one edit at normal speed
   */
  EditList read(Box elst, SampleTable samples) {
    BoxReader body = elst.body();
    int version = body.u8();
    body.skip(3);
    if (version > 1) {
      throw new MalformedBoxException(elst.offset(), "elst has unknown version " + version);
    }
    int entries = body.count(version == 1 ? 20 : 12, "edit");
    if (entries == 0) {
      return EditList.NONE;
    }
    long delay = 0;
    for (int i = 0; i < entries; i++) {
      long at = body.offset();
      long duration = version == 1 ? body.i64() : body.u32();
      boolean toEnd = version == 1 ? duration == -1 : duration == 0xffffffffL;
      long mediaTime = version == 1 ? body.i64() : body.i32();
      int rate = body.i32();
      if ((duration < 0 && !toEnd) || mediaTime < -1) {
        throw new MalformedBoxException(
            at, "edit of %d ticks at media time %d".formatted(duration, mediaTime));
      }
      if (mediaTime >= 0) {
        if (i < entries - 1) {
          throw BadInput.editList(source, trackId, "has several edits");
        }
        if (rate != 0x10000) {
          throw BadInput.editList(
              source, trackId, "plays at %s times the speed".formatted(rate / 65536.0));
        }
        long shown = toEnd ? 0 : toTrack(duration, at);
        if (shown == 0 && duration > 0 && !toEnd) {
          throw BadInput.editList(source, trackId, "shows less than a tick");
        }
        return new EditList(toTrack(delay, at), mediaTime, shorten(mediaTime, shown, samples));
      }
      delay = add(delay, duration, at);
    }
    throw BadInput.editList(source, trackId, "shows nothing");
  }

  /** 0 unless the edit ends before the media does. */
  private long shorten(long mediaTime, long shown, SampleTable samples) {
    long mediaStart = Long.MAX_VALUE;
    long mediaEnd = Long.MIN_VALUE;
    for (int i = 0; i < samples.count(); i++) {
      mediaStart = Math.min(mediaStart, samples.presentationTime(i));
      mediaEnd = Math.max(mediaEnd, samples.presentationTime(i) + samples.duration(i));
    }
    if (mediaTime >= mediaEnd || (shown != 0 && mediaTime <= mediaStart - shown)) {
      throw BadInput.editList(source, trackId, "shows nothing of its samples");
    }
    if (shown == 0) {
      return 0;
    }
    long tolerance = ((long) ROUNDING_TICKS * timescale + movieTimescale - 1) / movieTimescale;
    return mediaEnd - mediaTime <= shown + tolerance ? 0 : shown;
  }

  private long toTrack(long movieTicks, long at) {
    BigInteger half = BigInteger.valueOf(movieTimescale / 2);
    BigInteger scaled =
        BigInteger.valueOf(movieTicks)
            .multiply(BigInteger.valueOf(timescale))
            .add(half)
            .divide(BigInteger.valueOf(movieTimescale));
    // Leaves room to add the tolerance and a media time.
    if (scaled.bitLength() > 61) {
      throw new MalformedBoxException(at, "edit of " + movieTicks + " ticks is out of range");
    }
    return scaled.longValue();
  }

  private static long add(long delay, long duration, long at) {
    if (duration < 0 || delay > Long.MAX_VALUE - duration) {
      throw new MalformedBoxException(at, "empty edit of " + duration + " ticks is out of range");
    }
    return delay + duration;
  }
}
