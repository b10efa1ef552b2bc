package io.keymux.packager.tool;

/** Looks at a program while it runs; called every 10 ms or so, so it must return quickly. */
@FunctionalInterface
public interface ToolWatch {
  /** Does not look. */
  ToolWatch NONE = () -> {};

  /**
   * Stops the program by throwing: its process tree is dead before the exception reaches the
   * caller.
   */
  void look();
}
