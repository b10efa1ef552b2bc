package io.keymux.keyserver;

import io.keymux.cpix.DrmException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key server that does not answer, refuses, or answers something else than was asked.
 *
 * <p>Messages name the key server by its host alone: URLs of key servers hold tokens and passwords.
 * They quote nothing of an answer but the fixed error texts of SPEKE, and carry no cause: an answer
 * may hold keys, and parsers and HTTP clients quote what they cannot read.
 */
public final class KeyExchangeException extends DrmException {
  private static final long serialVersionUID = 1L;

  /** Answers that say "not now": too many requests, and a server or gateway that is overloaded. */
  private static final Set<Integer> TRANSIENT_STATUS = Set.of(429, 502, 503, 504);

  private final boolean retryable;

  private KeyExchangeException(
      Blame blame, String code, boolean retryable, String problem, String remedy) {
    super(blame, code, problem, remedy);
    this.retryable = retryable;
  }

  /** Whether the same request, unchanged, may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** Whether a server that answers with this status asks to be called again. */
  static boolean isTransient(int status) {
    return TRANSIENT_STATUS.contains(status);
  }

  /**
   * @param what went wrong, as {@code no connection came about}
   */
  static KeyExchangeException unreachable(String host, String what) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-unreachable",
        true,
        "Key server %s is not reachable: %s.".formatted(host, what),
        "Check its host name, port and certificate, and the network between.");
  }

  static KeyExchangeException timeout(String host, Duration limit) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-timeout",
        true,
        "Key server %s gave no complete answer within %d ms.".formatted(host, limit.toMillis()),
        "Try again later, or allow it more time.");
  }

  static KeyExchangeException unauthorized(String host, int status) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-unauthorized",
        false,
        "Key server %s answered with HTTP %d.".formatted(host, status),
        "Check the credentials: a ticket may have expired, an account may lack the right to get keys.");
  }

  /**
   * @param spekeText the answer, if it is one of the fixed error texts of SPEKE, else null
   */
  static KeyExchangeException refused(String host, int status, @Nullable String spekeText) {
    String said = spekeText == null ? "" : ": \"" + spekeText + "\"";
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-refused",
        isTransient(status),
        "Key server %s answered with HTTP %d%s.".formatted(host, status, said),
        remedy(status));
  }

  /**
   * @param violation what is wrong and where, as {@code ContentKey KID … has no value}
   */
  static KeyExchangeException invalidResponse(String host, String violation) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-response-invalid",
        false,
        "The answer of key server %s is not usable: %s.".formatted(host, violation),
        "Nothing was encrypted with it; ask the operator of the key server.");
  }

  static KeyExchangeException tooLarge(String host, int limitBytes) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-response-too-large",
        false,
        "The answer of key server %s is larger than %d bytes.".formatted(host, limitBytes),
        "Check that the URL is that of a key server; if it is, raise the limit.");
  }

  static KeyExchangeException limitExceeded(String host, int keys, int limit) {
    return new KeyExchangeException(
        Blame.CALLER,
        "key-limit-exceeded",
        false,
        "The job needs %d keys, key server %s gives %d at most.".formatted(keys, host, limit),
        "Choose a key rule with fewer keys, as preset0 or per-type.");
  }

  private static String remedy(int status) {
    if (isTransient(status)) {
      return "Try again later.";
    }
    if (status >= 300 && status < 400) {
      return "Redirects are not followed, since they would carry credentials elsewhere: use the"
          + " final URL.";
    }
    return status == 404
        ? "Check the path of the key server's URL."
        : "Check what the job asks for against what the key server offers.";
  }
}
