package io.keymux.api.audit;

import io.keymux.cpix.DrmException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The audit log cannot be written or read. */
public final class AuditException extends DrmException {
  private static final long serialVersionUID = 1L;

  private AuditException(String problem, String remedy, @Nullable Throwable cause) {
    super(Blame.OUTPUT, "audit-log", problem, remedy, cause);
  }

  static AuditException unwritable(Path place, @Nullable Throwable cause) {
    return new AuditException(
        "The audit log in %s cannot be written; nothing that must be in it is done."
            .formatted(place),
        "See that the disk has room and that the service may write there, and start it again.",
        cause);
  }

  static AuditException unreadable(Path place, @Nullable Throwable cause) {
    return new AuditException(
        "%s is no audit log, or cannot be read.".formatted(place),
        "Name the data directory of the service with --data, and its key with --key.",
        cause);
  }
}
