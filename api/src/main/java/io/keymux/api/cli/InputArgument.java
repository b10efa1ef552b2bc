package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Value;
import io.keymux.api.storage.StorageUrl;
import io.keymux.packager.asset.AssetInputs;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.SegmentPattern;
import io.keymux.packager.input.SegmentPlaylist;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.HdcpLevel;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.Tiling;
import io.keymux.packager.media.TrackRole;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An input on the command line: a path, with what the user says about it after commas. */
final class InputArgument {
  private static final Set<String> NAMES =
      Set.of(
          "label",
          "language",
          "segments",
          "name",
          "role",
          "preferred",
          "hdcp-level",
          "allowed-cpc",
          "tiles",
          "every");

  private final Value value;
  private final RemoteFiles remote;
  private final Map<String, String> notes = new HashMap<>();
  private final List<TrackRole> roles = new ArrayList<>();
  private String path;

  private InputArgument(Value value, RemoteFiles remote) {
    this.value = value;
    this.remote = remote;
    this.path = value.text();
  }

  /**
   * One input, or the tracks of a presentation.
   *
   * @param left takes what of a presentation is left out, a sentence each
   */
  static List<JobInput> read(Value value, RemoteFiles remote, Consumer<String> left) {
    InputArgument argument = new InputArgument(value, remote);
    if (argument.path.isEmpty()) {
      throw value.refused("An input is empty.");
    }
    argument.takeNotes();
    if (!argument.notes.containsKey("segments")
        && !argument.notes.containsKey("tiles")
        && !StorageUrl.isRemote(argument.path)
        && AssetInputs.isOne(argument.file())) {
      return argument.asset(left);
    }
    return List.of(argument.input());
  }

  /** Its manifests say what could be said here. */
  private List<JobInput> asset(Consumer<String> left) {
    if (!notes.isEmpty() || !roles.isEmpty()) {
      throw value.refused("\"" + path + "\" is a presentation, which takes no notes.");
    }
    AssetInputs asset = AssetInputs.read(file());
    asset.notes().forEach(left);
    return asset.inputs();
  }

  private Path file() {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw value.refused("\"" + path + "\" is not a path.");
    }
  }

  /** From the end, since a path may hold commas. */
  private void takeNotes() {
    for (int comma = path.lastIndexOf(','); comma > 0; comma = path.lastIndexOf(',')) {
      String note = path.substring(comma + 1);
      int equals = note.indexOf('=');
      String name = equals < 0 ? "" : note.substring(0, equals);
      if (!NAMES.contains(name)) {
        return;
      }
      take(name, note.substring(equals + 1));
      path = path.substring(0, comma);
    }
  }

  private void take(String name, String text) {
    if (name.equals("role")) {
      try {
        roles.add(TrackRole.ofId(text));
      } catch (IllegalArgumentException e) {
        throw value.refused(message(e));
      }
    } else if (text.isEmpty() || notes.put(name, text) != null) {
      throw value.refused(
          "\"%s\" has %s."
              .formatted(value.text(), text.isEmpty() ? "an empty " + name : "two of " + name));
    }
  }

  private JobInput input() {
    if (notes.containsKey("tiles") || notes.containsKey("every")) {
      return thumbnails();
    }
    String language = notes.get("language");
    if (language != null && !language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
      throw value.refused("\"" + language + "\" is no language tag, as en or pt-BR.");
    }
    Selection selection;
    PlaybackPolicy policy;
    try {
      selection = new Selection(notes.get("name"), roles, isPreferred());
      policy = policy();
    } catch (IllegalArgumentException e) {
      throw value.refused(message(e));
    }
    try {
      JobInput media = StorageUrl.isRemote(path) ? remoteMedia() : media(file());
      return media.named(notes.get("label"), language, selection, policy);
    } catch (InvalidPathException e) {
      throw value.refused("\"" + notes.get("segments") + "\" is not a path.");
    }
  }

  /** Images are of no language and have no role; nothing else can be said of them. */
  private JobInput thumbnails() {
    String tiles = notes.get("tiles");
    String every = notes.get("every");
    if (tiles == null || every == null || notes.size() > 2 || !roles.isEmpty()) {
      throw value.refused(
          "Images of thumbnails have the notes tiles and every, both, and no other.");
    }
    Tiling tiling;
    try {
      tiling = Tiling.of(tiles, every);
    } catch (IllegalArgumentException e) {
      throw value.refused(message(e));
    }
    if (StorageUrl.isRemote(path)) {
      List<InputFile> files =
          path.indexOf('*') < 0 ? List.of(remote.input(path)) : remote.inputs(path);
      return JobInput.thumbnails(files.get(0), files.subList(1, files.size()), tiling);
    }
    Path image = file();
    return JobInput.thumbnails(
        path.indexOf('*') < 0 ? List.of(image) : SegmentPattern.files(image), tiling);
  }

  private boolean isPreferred() {
    String text = notes.getOrDefault("preferred", "no");
    if (!text.equals("yes") && !text.equals("no")) {
      throw new IllegalArgumentException("\"" + text + "\" is neither yes nor no.");
    }
    return text.equals("yes");
  }

  /** Commas part notes, so several entries of allowed-cpc have semicolons between. */
  private PlaybackPolicy policy() {
    String level = notes.get("hdcp-level");
    String cpc = notes.get("allowed-cpc");
    return new PlaybackPolicy(
        level == null ? null : HdcpLevel.ofId(level), cpc == null ? null : cpc.replace(';', ','));
  }

  /** A pattern of segments stands beside the initialization segment if it has no folder. */
  private JobInput media(Path file) {
    @Nullable String segments = notes.get("segments");
    if (segments != null) {
      Path pattern = Path.of(segments);
      boolean beside = pattern.getParent() == null;
      return JobInput.segments(
          file, SegmentPattern.files(beside ? file.resolveSibling(pattern) : pattern));
    }
    if (SegmentPlaylist.isNamedSo(file)) {
      SegmentPlaylist<Path> playlist = SegmentPlaylist.read(file);
      return JobInput.segments(playlist.init(), playlist.segments());
    }
    return JobInput.of(file);
  }

  /** As {@link #media}, where the segments of a URL may be named by a URL, too. */
  private JobInput remoteMedia() {
    InputFile file = remote.input(path);
    String segments = notes.get("segments");
    if (segments != null) {
      boolean beside = segments.indexOf('/') < 0;
      return JobInput.segments(
          file,
          remote.inputs(
              beside ? path.substring(0, path.lastIndexOf('/') + 1) + segments : segments));
    }
    if (SegmentPlaylist.isNamedSo(file)) {
      SegmentPlaylist<InputFile> playlist =
          SegmentPlaylist.read(file, reference -> remote.named(path, reference));
      return JobInput.segments(playlist.init(), playlist.segments());
    }
    return JobInput.of(file);
  }

  private static String message(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }
}
