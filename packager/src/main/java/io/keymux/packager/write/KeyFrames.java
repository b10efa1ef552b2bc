package io.keymux.packager.write;

import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Picture;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.TrackPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Where sync samples with which fragments start lie, with the {@code moof} before each: what a
 * player needs to show that picture alone. Threads set different fragments; it is read when they
 * have ended.
 *
 * @see "RFC 8216, 4.3.3.6 EXT-X-I-FRAMES-ONLY"
 */
final class KeyFrames {
  private final TrackPlan plan;
  private final int[][] start;
  private final int[][] length;

  KeyFrames(TrackPlan plan) {
    this.plan = plan;
    this.start = new int[plan.segments().size()][];
    this.length = new int[plan.segments().size()][];
    for (int s = 0; s < start.length; s++) {
      start[s] = new int[plan.segments().get(s).fragments().size()];
      length[s] = new int[start[s].length];
    }
  }

  /**
   * @param startInFragment of the {@code moof} behind what comes before it, in bytes
   * @param bytes up to the end of the sample
   */
  void set(int segment, int fragment, int startInFragment, int bytes) {
    start[segment][fragment] = startInFragment;
    length[segment][fragment] = bytes;
  }

  /**
   * The pictures of a segment, in order.
   *
   * @param place of each fragment of the segment, in bytes of its file
   * @return empty if the segment does not start with one
   */
  List<Picture> of(int segment, IntToLongFunction place) {
    if (length[segment][0] == 0) {
      return List.of();
    }
    SegmentPlan planned = plan.segments().get(segment);
    List<Picture> pictures = new ArrayList<>();
    long until = planned.start() + planned.duration();
    for (int f = length[segment].length - 1; f >= 0; f--) {
      long from = f == 0 ? planned.start() : shown(planned.fragments().get(f));
      if (length[segment][f] > 0 && from < until) {
        ByteRange range =
            new ByteRange(place.applyAsLong(f) + start[segment][f], length[segment][f]);
        pictures.add(0, new Picture(range, from, until - from));
        until = from;
      }
    }
    return pictures;
  }

  private long shown(FragmentPlan fragment) {
    MediaTrack media = plan.source().media();
    return media.samples().presentationTime(fragment.firstSample()) + media.edit().shift();
  }
}
