package io.keymux.packager.isobmff;

/**
 * The edit list of a track, reduced to what fragments can carry: a delay, a start in the media and
 * an end.
 *
 * @param delay of the track in ticks of the <b>track's</b> timescale (an empty edit), at least 0
 * @param mediaTime where presentation starts in the media, in ticks of the track's timescale
 * @param duration presented, in ticks of the track's timescale; 0 if the list does not shorten the
 *     track
 * @see "ISO/IEC 14496-12, 8.6.6 Edit List Box"
 */
public record EditList(long delay, long mediaTime, long duration) {
  public static final EditList NONE = new EditList(0, 0, 0);

  /** What to add to a media time to get presentation time, in ticks of the track's timescale. */
  public long shift() {
    return delay - mediaTime;
  }
}
