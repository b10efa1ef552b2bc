package io.keymux.packager.plan;

import io.keymux.cpix.TrackType;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * A segment of a WebVTT playlist.
   *
   * @param segment index in the plan
   */
  public static String webVtt(TrackPlan track, int segment) {
    return track.name() + "/seg-" + (track.firstNumber() + segment) + ".vtt";
  }

  /** The whole track, or part of it, in the layout {@link Layout#SINGLE_FILE}. */
  public static String single(TrackPlan track) {
    return track.name() + suffix(track) + ".mp4";
  }

  /**
   * @param named or null for the usual names
   */
  static List<String> of(TrackPlan track, PackagingJob job, @Nullable NamedFiles named) {
    if (job.layout() == Layout.SINGLE_FILE) {
      return List.of(init(track, single(track), named));
    }
    boolean ts = job.container() == Container.TS;
    List<String> files = new ArrayList<>();
    if (!ts) {
      files.add(init(track, init(track), named));
    }
    for (int i = 0; i < track.segments().size(); i++) {
      String name = segment(track, i);
      String usual = ts ? name.substring(0, name.length() - 4) + extension(track) : name;
      files.add(
          named == null ? usual : named.segment(track.name(), track.firstNumber() + i, usual));
    }
    return files;
  }

  private static String init(TrackPlan track, String usual, @Nullable NamedFiles named) {
    return named == null ? usual : named.init(track.name(), track.part(), usual);
  }

  /** With its dot, as HLS wants it. */
  private static String extension(TrackPlan track) {
    if (track.source().media().type() == TrackType.VIDEO) {
      return ".ts";
    }
    String codecs = track.source().track().codecs();
    return codecs.startsWith("mp4a.40") || codecs.startsWith("mp4a.6")
        ? codecs.equals("mp4a.69") || codecs.equals("mp4a.6B") ? ".mp3" : ".aac"
        : codecs.equals("ac-3") ? ".ac3" : ".ec3";
  }

  private static String suffix(TrackPlan track) {
    return track.part() == 0 ? "" : "-p" + (track.part() + 1);
  }
}
