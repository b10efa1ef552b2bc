package io.keymux.api.bench;

import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolFinder;
import java.util.List;
import java.util.Locale;

/** The packagers that we measure beside. */
public enum Peer {
  SHAKA(Tool.SHAKA_PACKAGER),
  BENTO4(Tool.MP4FRAGMENT, Tool.MP4ENCRYPT),
  GPAC(Tool.GPAC),
  FFMPEG(Tool.FFMPEG);

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Tool> tools;

  Peer(Tool... tools) {
    this.tools = List.of(tools);
  }

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<Tool> tools() {
    return tools;
  }

  boolean isFound(ToolFinder finder) {
    return tools.stream().allMatch(tool -> finder.find(tool).isPresent());
  }
}
