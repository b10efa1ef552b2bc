package io.keymux.packager.tool;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The process trees of this JVM, killed when it ends in order: by Ctrl-C, SIGTERM or {@code
 * System.exit}. What a JVM leaves that is killed itself is ended by the next ({@link
 * OrphanedTools}).
 */
final class RunningTools {
  private static final Set<ProcessTree> RUNNING = new LinkedHashSet<>();
  private static boolean hooked;
  private static boolean ending;

  private RunningTools() {}

  /**
   * Starts a program. One at a time: the end of the JVM then finds it either not started or here.
   *
   * @throws IOException if it cannot be started, or the JVM ends
   */
  static synchronized ProcessTree start(ProcessBuilder builder, ToolMark mark) throws IOException {
    if (!hooked && !ending) {
      OrphanedTools.end();
      hook();
    }
    if (ending) {
      throw new IOException("this JVM ends");
    }
    ProcessTree tree = new ProcessTree(builder.start(), mark);
    RUNNING.add(tree);
    return tree;
  }

  static synchronized void remove(ProcessTree tree) {
    RUNNING.remove(tree);
  }

  private static void hook() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(RunningTools::end, "keymux-tools"));
      hooked = true;
    } catch (IllegalStateException e) {
      ending = true;
    }
  }

  private static synchronized void end() {
    ending = true;
    RUNNING.forEach(ProcessTree::killAtOnce);
  }
}
