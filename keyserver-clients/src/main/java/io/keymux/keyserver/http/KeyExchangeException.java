package io.keymux.keyserver.http;

import io.keymux.cpix.DrmException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key server that does not answer, refuses, or answers something else than was asked.
 *
 * <p>Messages name the key server by its host alone: URLs of key servers hold tokens and passwords.
 * They quote nothing of an answer but error texts and codes of fixed forms, and carry no cause: an
 * answer may hold keys, and parsers and HTTP clients quote what they cannot read.
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
  public static boolean isTransient(int status) {
    return TRANSIENT_STATUS.contains(status);
  }

  /**
   * @param what went wrong, as {@code no connection came about}
   */
  public static KeyExchangeException unreachable(String host, String what) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-unreachable",
        true,
        "Key server %s is not reachable: %s.".formatted(host, what),
        "Check its host name, port and certificate, and the network between.");
  }

  /** The TLS handshake failed: an unknown, expired or foreign certificate, or no common cipher. */
  public static KeyExchangeException untrusted(String host) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-untrusted",
        false,
        "No secure connection to key server %s came about.".formatted(host),
        "Check that its certificate is valid, names this host and is of an authority that the JDK"
            + " trusts, and whether it asks for a client certificate.");
  }

  /**
   * Nothing was sent.
   *
   * @param why as {@code leads to an address that is not of the public internet}
   */
  public static KeyExchangeException addressRefused(String host, String why) {
    return new KeyExchangeException(
        Blame.CALLER,
        "key-server-address-refused",
        false,
        "The host %s of the key server's URL %s.".formatted(host, why),
        "Use another URL, or have the operator allow such addresses.");
  }

  /**
   * @param what was refused, as {@code the login}
   */
  public static KeyExchangeException loginFailed(String host, String what, int status) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-login-failed",
        isTransient(status),
        "%s refused %s with HTTP %d.".formatted(host, what, status),
        "Check user and password of the account, and that it is one for the API.");
  }

  /** A URL that came with a ticket in it was refused. */
  public static KeyExchangeException ticketExpired(String host, int status) {
    return new KeyExchangeException(
        Blame.CALLER,
        "key-ticket-expired",
        false,
        "Key server %s refused the ticket in its URL with HTTP %d: it has expired or was used before."
            .formatted(host, status),
        "Get a new URL from the key server's portal or its ticket service, or give Keymux the"
            + " account, so that it gets tickets itself.");
  }

  public static KeyExchangeException timeout(String host, Duration limit) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-timeout",
        true,
        "Key server %s gave no complete answer within %d ms.".formatted(host, limit.toMillis()),
        "Try again later, or allow it more time.");
  }

  public static KeyExchangeException unauthorized(String host, int status) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-unauthorized",
        false,
        "Key server %s answered with HTTP %d.".formatted(host, status),
        "Check the credentials: a ticket may have expired, an account may lack the right to get keys.");
  }

  /**
   * The server refused the caller in its own words, with whatever HTTP status.
   *
   * @param said one of the server's error codes, never free text
   */
  public static KeyExchangeException unauthorizedAs(String host, String said) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-unauthorized",
        false,
        "Key server %s answered with \"%s\".".formatted(host, said),
        "Check the credentials, the clock of this machine, and the rights of the account.");
  }

  /**
   * @param fixedText the answer, if it is one of a fixed list of error texts, else null
   */
  public static KeyExchangeException refused(String host, int status, @Nullable String fixedText) {
    String said = fixedText == null ? "" : ": \"" + fixedText + "\"";
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-refused",
        isTransient(status),
        "Key server %s answered with HTTP %d%s.".formatted(host, status, said),
        remedy(status));
  }

  /**
   * The server refused in its own words, with whatever HTTP status.
   *
   * @param said one of a fixed list of the server's status names, never free text
   * @param retryable whether the same request may succeed later
   */
  public static KeyExchangeException refusedAs(String host, String said, boolean retryable) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-server-refused",
        retryable,
        "Key server %s answered with \"%s\".".formatted(host, said),
        retryable
            ? "Try again later."
            : "Check what the job asks for against what the key server offers.");
  }

  /**
   * A wish that this kind of key server cannot grant; nothing was sent.
   *
   * @param what as {@code track type VIDEO is not one of [SD, HD]}
   * @param remedy one sentence
   */
  public static KeyExchangeException unsupported(String host, String what, String remedy) {
    return new KeyExchangeException(
        Blame.UNSUPPORTED,
        "key-request-unsupported",
        false,
        "Key server %s cannot do what the job asks for: %s.".formatted(host, what),
        remedy);
  }

  /**
   * A job with key periods, and a way to get keys that has none; nothing was sent.
   *
   * @param transport as {@code PlayReady's packaging interface}
   */
  public static KeyExchangeException rotationUnsupported(String host, String transport) {
    return new KeyExchangeException(
        Blame.UNSUPPORTED,
        "key-rotation-unsupported",
        false,
        "The job asks for a key in each key period, and key server %s is asked through %s, which has none."
            .formatted(host, transport),
        "Package without a key period, or get the keys from a source that has them.");
  }

  /**
   * @param violation what is wrong and where, as {@code ContentKey KID … has no value}
   */
  public static KeyExchangeException invalidResponse(String host, String violation) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-response-invalid",
        false,
        "The answer of key server %s is not usable: %s.".formatted(host, violation),
        "Nothing was encrypted with it; ask the operator of the key server.");
  }

  public static KeyExchangeException tooLarge(String host, int limitBytes) {
    return new KeyExchangeException(
        Blame.UPSTREAM,
        "key-response-too-large",
        false,
        "The answer of key server %s is larger than %d bytes.".formatted(host, limitBytes),
        "Check that the URL is that of a key server; if it is, raise the limit.");
  }

  public static KeyExchangeException limitExceeded(String host, int keys, int limit) {
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
      return "Redirects to other hosts, and of POST, are not followed, since they would carry"
          + " credentials elsewhere: use the final URL.";
    }
    return status == 404
        ? "Check the path of the key server's URL."
        : "Check what the job asks for against what the key server offers.";
  }
}
