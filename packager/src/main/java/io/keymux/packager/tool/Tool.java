package io.keymux.packager.tool;

import java.util.List;

/** The programs that Keymux can work beside, and where each may be. */
public enum Tool {
  FFMPEG("ffmpeg", "FFMPEG", "ffmpeg"),
  FFPROBE("ffprobe", "FFMPEG", "ffprobe"),
  SHAKA_PACKAGER("Shaka Packager", "SHAKA_PACKAGER", "shaka-packager", "packager", npmBinary()),
  MP4FRAGMENT("Bento4 mp4fragment", "BENTO4_HOME", "mp4fragment"),
  MP4ENCRYPT("Bento4 mp4encrypt", "BENTO4_HOME", "mp4encrypt"),
  MP4DECRYPT("Bento4 mp4decrypt", "BENTO4_HOME", "mp4decrypt"),
  MP4DUMP("Bento4 mp4dump", "BENTO4_HOME", "mp4dump"),
  GPAC("GPAC", "GPAC", "gpac"),
  MP4BOX("GPAC MP4Box", "GPAC", "MP4Box"),
  CHROMIUM("Chromium", "CHROMIUM", "chromium", "chromium-browser", "google-chrome"),
  PYTHON("Python 3", "PYTHON", "python3"),
  TASKSET("taskset of util-linux", "TASKSET", "taskset");

  private final String title;
  private final String variable;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> names;

  Tool(String title, String variable, String... names) {
    this.title = title;
    this.variable = variable;
    this.names = List.of(names);
  }

  /** The name that people know it by. */
  public String title() {
    return title;
  }

  /** The environment variable that says where it is: the program, or a folder that holds it. */
  public String variable() {
    return variable;
  }

  List<String> names() {
    return names;
  }

  /** Whether the variable, if it names a program, names this one; else it names a neighbour. */
  boolean isNamedByVariable() {
    return switch (this) {
      case GPAC, FFMPEG, SHAKA_PACKAGER, CHROMIUM, PYTHON, TASKSET -> true;
      case FFPROBE, MP4FRAGMENT, MP4ENCRYPT, MP4DECRYPT, MP4DUMP, MP4BOX -> false;
    };
  }

  /** The npm package holds a binary for each platform. */
  private static String npmBinary() {
    String os = System.getProperty("os.name", "").startsWith("Mac") ? "osx" : "linux";
    String arch = System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "x64";
    return "packager-" + os + "-" + arch;
  }
}
