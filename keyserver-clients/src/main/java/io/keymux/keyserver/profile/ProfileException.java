package io.keymux.keyserver.profile;

import io.keymux.cpix.DrmException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A profile or an account that cannot be used. Messages hold names of fields and their places as
 * JSON pointers, and values only where those cannot be secrets.
 */
public final class ProfileException extends DrmException {
  private static final long serialVersionUID = 1L;

  private final String pointer;

  private ProfileException(String code, String pointer, String problem, String remedy) {
    super(Blame.CALLER, code, problem, remedy);
    this.pointer = pointer;
  }

  /** Where in the account the fault is, as a JSON pointer; empty for all of it. */
  public String pointer() {
    return pointer;
  }

  static ProfileException invalid(String name, String pointer, String problem) {
    return new ProfileException(
        "invalid-key-server-profile",
        pointer,
        "Key server %s, field %s %s.".formatted(name, pointer.isEmpty() ? "/" : pointer, problem),
        "docs/key-servers.md describes every field.");
  }

  static ProfileException unreadable(String name, @Nullable Integer line) {
    return new ProfileException(
        "invalid-key-server-profile",
        "",
        "Key server %s is not readable as YAML%s."
            .formatted(name, line == null ? "" : " at line " + line),
        "docs/key-servers.md describes every field.");
  }

  static ProfileException unknown(String profile, Collection<String> known) {
    return new ProfileException(
        "unknown-key-server-profile",
        "/profile",
        "There is no profile of the name \"%s\".".formatted(profile),
        "Use one of %s.".formatted(String.join(", ", known)));
  }
}
