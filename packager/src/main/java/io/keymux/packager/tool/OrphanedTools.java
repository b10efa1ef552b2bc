package io.keymux.packager.tool;

/**
 * Programs whose Keymux was killed itself, by SIGKILL or for want of memory, so that it could not
 * end them. They are found by the mark in their environment, in this container and of this user,
 * where there is a {@code /proc}.
 */
public final class OrphanedTools {
  private OrphanedTools() {}

  /**
   * Kills them at once. What belongs to a Keymux that lives, this one among them, goes on. Reads
   * {@code /proc} once.
   *
   * @return how many there were
   */
  public static int end() {
    int ended = 0;
    for (MarkedProcess marked : MarkedProcess.all()) {
      ToolOwner owner = ToolOwner.of(marked.mark());
      if (owner != null && owner.isDead() && marked.process().destroyForcibly()) {
        ended++;
      }
    }
    return ended;
  }
}
