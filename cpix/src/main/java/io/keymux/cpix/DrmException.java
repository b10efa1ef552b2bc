package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * The root of every failure that Keymux reports: whose fault it is, a stable code, what is wrong
 * and what to do.
 *
 * <p>The message is one paragraph, "problem remedy", and is meant for the user: it holds the
 * offending value and its place, never a key, a ticket or a key-server URL.
 */
public class DrmException extends RuntimeException {

  /** Who can mend it. */
  public enum Blame {
    /** The caller: a wrong argument, an unreadable input, a contradiction. */
    CALLER,
    /** Legal, but not something that this version does. */
    UNSUPPORTED,
    /** Another system: a key server, an external tool. */
    UPSTREAM,
    /** The place the output goes to. */
    OUTPUT
  }

  private final Blame blame;
  private final String code;
  private final String problem;
  private final String remedy;

  /**
   * @param code stable, kebab-case, documented in {@code docs/errors.md}
   * @param problem one sentence with values and place
   * @param remedy one sentence: what to do
   */
  public DrmException(
      Blame blame, String code, String problem, String remedy, @Nullable Throwable cause) {
    super(problem + " " + remedy, cause);
    this.blame = blame;
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  public DrmException(Blame blame, String code, String problem, String remedy) {
    this(blame, code, problem, remedy, null);
  }

  public Blame blame() {
    return blame;
  }

  public String code() {
    return code;
  }

  public String problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }
}
