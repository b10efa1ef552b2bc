package io.keymux.packager.plan;

import io.keymux.packager.media.Layout;
import java.util.ArrayList;
import java.util.List;

/** Names of the files of a track, relative to the output folder, with {@code /}. */
public final class TrackFiles {
  private TrackFiles() {}

  /** The init segment in the layout {@link Layout#SEGMENTS}. */
  public static String init(TrackPlan track) {
    return track.name() + "/init" + suffix(track) + ".mp4";
  }

  /**
   * A media segment in the layout {@link Layout#SEGMENTS}.
   *
   * @param segment index in the plan
   */
  public static String segment(TrackPlan track, int segment) {
    return track.name() + "/seg-" + (track.firstNumber() + segment) + ".m4s";
  }

  /** The whole track, or part of it, in the layout {@link Layout#SINGLE_FILE}. */
  public static String single(TrackPlan track) {
    return track.name() + suffix(track) + ".mp4";
  }

  static List<String> of(TrackPlan track, Layout layout) {
    if (layout == Layout.SINGLE_FILE) {
      return List.of(single(track));
    }
    List<String> files = new ArrayList<>(List.of(init(track)));
    for (int i = 0; i < track.segments().size(); i++) {
      files.add(segment(track, i));
    }
    return files;
  }

  private static String suffix(TrackPlan track) {
    return track.part() == 0 ? "" : "-p" + (track.part() + 1);
  }
}
