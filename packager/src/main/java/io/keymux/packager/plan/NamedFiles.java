package io.keymux.packager.plan;

import io.keymux.packager.job.InvalidJobException;
import io.keymux.packager.job.OutputNames;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The files of a job under the names that it asks for. They are packaged under the usual ones and
 * renamed before manifests are written.
 */
public final class NamedFiles {
  private final OutputNames names;

  /** By the name of the track. */
  private final Map<String, Integer> numbers = new HashMap<>();

  private final Map<String, String> moves = new LinkedHashMap<>();

  /** New names as file systems without case see them, and the usual ones. */
  private final Map<String, String> taken = new HashMap<>();

  private final Set<String> folders = new HashSet<>();

  public NamedFiles(OutputNames names) {
    this.names = names;
    claim(names.manifest("mpd"), "the MPD");
    claim(names.manifest("m3u8"), "the multivariant playlist");
  }

  /**
   * The same tracks, whose files have other names.
   *
   * @throws InvalidJobException with code {@code output-names-collide} if two files would have one
   *     name, or one is a folder of another
   */
  public List<PackagedTrack> renamed(List<PackagedTrack> tracks) {
    List<PackagedTrack> renamed = new ArrayList<>();
    for (PackagedTrack track : tracks) {
      String name = track.track().name();
      String playlist = playlist(name);
      String init = track.hasInit() ? init(name, track.part(), track.initPath()) : "";
      List<Segment> segments = new ArrayList<>();
      for (Segment segment : track.segments()) {
        String path =
            segment.path().equals(track.initPath())
                ? init
                : segment(name, segment.number(), segment.path());
        segments.add(
            new Segment(
                segment.number(),
                path,
                segment.range(),
                segment.start(),
                segment.duration(),
                segment.protection(),
                segment.pictures()));
      }
      renamed.add(
          new PackagedTrack(
              track.track(),
              track.details(),
              track.part(),
              track.timescale(),
              init,
              track.initRange(),
              track.initProtection(),
              track.indexRange(),
              segments,
              playlist));
    }
    return renamed;
  }

  /** New names by usual ones, of what {@link #renamed} was given. */
  public Map<String, String> moves() {
    return Map.copyOf(moves);
  }

  /** The new name of an init segment, or of a track in one file. */
  String init(String track, int part, String usual) {
    String name = names.track(number(track), ending(usual));
    int dot = name.lastIndexOf('.');
    return moved(
        usual, part == 0 ? name : name.substring(0, dot) + "-p" + (part + 1) + name.substring(dot));
  }

  String segment(String track, int number, String usual) {
    return moved(usual, names.segment(number(track), number, ending(usual)));
  }

  private String playlist(String track) {
    String name = names.track(number(track), "m3u8");
    claim(name, "the playlist of " + track);
    claim(name.replaceFirst("\\.m3u8$", "-iframes.m3u8"), "the pictures of " + track);
    return name;
  }

  private int number(String track) {
    return numbers.computeIfAbsent(track, name -> numbers.size());
  }

  private String moved(String usual, String name) {
    moves.put(usual, name);
    claim(name, usual);
    return name;
  }

  /**
   * Takes a name for a file.
   *
   * @throws InvalidJobException with code {@code output-names-collide} if another has it
   */
  private void claim(String name, String what) {
    String folded = name.toLowerCase(Locale.ROOT);
    String other = taken.putIfAbsent(folded, what);
    if (other != null && !other.equals(what)) {
      throw collision(name, what, other);
    }
    if (folders.contains(folded)) {
      throw collision(name, what, "a folder");
    }
    for (int slash = folded.indexOf('/'); slash > 0; slash = folded.indexOf('/', slash + 1)) {
      String folder = folded.substring(0, slash);
      folders.add(folder);
      if (taken.containsKey(folder)) {
        throw collision(name.substring(0, slash), "a folder", taken.get(folder));
      }
    }
  }

  private static InvalidJobException collision(String name, String one, String other) {
    return new InvalidJobException(
        "output-names-collide",
        "output.names",
        "%s would be the name of %s and of %s.".formatted(name, other, one),
        "Use {subStreamNumber} in track and segment, and {segmentNumber} in segment.");
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
