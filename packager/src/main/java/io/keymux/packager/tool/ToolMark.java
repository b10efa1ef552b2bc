package io.keymux.packager.tool;

import java.util.List;
import java.util.UUID;

/** What one run of a program, and all that it starts, is known by. */
final class ToolMark {
  private final String value;

  ToolMark() {
    String run = UUID.randomUUID().toString();
    ToolOwner owner = ToolOwner.self();
    value = owner == null ? run : owner.mark(run);
  }

  String value() {
    return value;
  }

  /** The processes that carry it now. */
  List<ProcessHandle> bearers() {
    return MarkedProcess.all().stream()
        .filter(found -> found.mark().equals(value))
        .map(MarkedProcess::process)
        .toList();
  }
}
