package io.keymux.packager.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The process that started a program, so exactly that neither a later one with the same number nor
 * one of another container is taken for it.
 *
 * @param namespace of process numbers, as the kernel names it
 * @param pid in that namespace
 * @param startedAt in clock ticks since the machine started; the wall clock may be set meanwhile
 */
record ToolOwner(String namespace, long pid, long startedAt) {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern FORM = Pattern.compile("([0-9]+)\\.([0-9]+)\\.([0-9]+)/.*");

  /** Fields of {@code /proc/PID/stat} (proc(5)) behind the name, which may hold blanks. */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  /** This JVM; null where there is no {@code /proc}. */
  static @Nullable ToolOwner self() {
    long pid = ProcessHandle.current().pid();
    String[] stat = stat(pid);
    String namespace = pidNamespace();
    return stat == null || namespace == null
        ? null
        : new ToolOwner(namespace, pid, Long.parseLong(stat[START_TIME]));
  }

  /** The owner that a mark names; null if it names none. */
  static @Nullable ToolOwner of(String mark) {
    Matcher form = FORM.matcher(mark);
    return form.matches()
        ? new ToolOwner(form.group(1), Long.parseLong(form.group(2)), Long.parseLong(form.group(3)))
        : null;
  }

  /** A mark that names it. */
  String mark(String run) {
    return namespace + "." + pid + "." + startedAt + "/" + run;
  }

  /** False, too, if it cannot be told from here. */
  boolean isDead() {
    if (!namespace.equals(pidNamespace())) {
      return false;
    }
    String[] stat = stat(pid);
    return stat == null
        || Long.parseLong(stat[START_TIME]) != startedAt
        || "ZX".contains(stat[STATE]);
  }

  private static @Nullable String pidNamespace() {
    try {
      return Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid"))
          .toString()
          .replaceAll("[^0-9]", "");
    } catch (IOException e) {
      return null;
    }
  }

  private static String @Nullable [] stat(long pid) {
    try {
      String line =
          Files.readString(
              PROCESSES.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (IOException e) {
      return null;
    }
  }
}
