package io.keymux.api.problem;

import io.keymux.cpix.DrmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that cannot be served as it stands; it knows its HTTP status. */
public final class RequestException extends DrmException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<FieldError> errors;
  private final @Nullable String challenge;
  private final long retryAfter;

  private RequestException(int status, String code, String problem, String remedy) {
    this(status, code, problem, remedy, List.of(), null);
  }

  private RequestException(
      int status,
      String code,
      String problem,
      String remedy,
      List<FieldError> errors,
      @Nullable Throwable cause) {
    super(Blame.CALLER, code, problem, remedy, cause);
    this.status = status;
    this.errors = List.copyOf(errors);
    this.challenge = null;
    this.retryAfter = 0;
  }

  private RequestException(String challenge) {
    super(
        Blame.CALLER,
        "unauthorized",
        "The request does not prove who sent it.",
        "Send the credentials that the service is configured with.",
        null);
    this.status = 401;
    this.errors = List.of();
    this.challenge = challenge;
    this.retryAfter = 0;
  }

  private RequestException(long retryAfter) {
    super(
        Blame.CALLER,
        "too-many-requests",
        "There were too many requests.",
        "Send it again in " + retryAfter + " s.",
        null);
    this.status = 429;
    this.errors = List.of();
    this.challenge = null;
    this.retryAfter = retryAfter;
  }

  /**
   * A client or a tenant sends more than it may; 429.
   *
   * @param seconds after which it may send the next; at least 1
   * @see "RFC 6585, 4; RFC 9110, 10.2.3 Retry-After"
   */
  public static RequestException tooMany(long seconds) {
    return new RequestException(seconds);
  }

  /** After how many seconds it makes sense to ask again; 0 if nothing is known. */
  public long retryAfter() {
    return retryAfter;
  }

  /**
   * The request lacks the right credentials; 401.
   *
   * @param challenge what kind of them is wanted
   * @see "RFC 9110, 11.6.1 WWW-Authenticate"
   */
  public static RequestException unauthorized(String challenge) {
    return new RequestException(challenge);
  }

  /** The request is not signed as it must be; 403. */
  public static RequestException forbidden() {
    return new RequestException(
        403,
        "forbidden",
        "The request's signature does not prove who sent it.",
        "Sign it with the access key that the service is configured with; check the clock.");
  }

  /**
   * The credentials are right, but do not allow this; 403.
   *
   * @param scope that they lack
   * @see "RFC 6750, 3.1 Error Codes, insufficient_scope"
   */
  public static RequestException missingScope(String scope) {
    return new RequestException(
        403,
        "missing-scope",
        "The credentials do not have the scope " + scope + ".",
        "Use others that have it.");
  }

  /** The body is not what the API's description says; 400. */
  public static RequestException invalidBody(FieldError error, @Nullable Throwable cause) {
    return new RequestException(
        400,
        "invalid-request",
        place(error),
        "See /openapi.yaml for what is accepted.",
        List.of(error),
        cause);
  }

  /** The body is well-formed, but a value in it cannot be used; 422. */
  public static RequestException invalidValue(FieldError error) {
    return invalidValues(List.of(error));
  }

  /**
   * As {@link #invalidValue}, for several places.
   *
   * @param errors at least one
   */
  public static RequestException invalidValues(List<FieldError> errors) {
    FieldError first = errors.get(0);
    return new RequestException(
        422, first.code(), place(first), "Correct it and send the request again.", errors, null);
  }

  /** A parameter of the query or a header cannot be used; 400. */
  public static RequestException invalidParameter(String name, String problem) {
    return new RequestException(
        400, "invalid-parameter", name + " " + problem, "See /openapi.yaml for what is accepted.");
  }

  /** Nothing is at this path; 404. */
  public static RequestException notFound(String what) {
    return new RequestException(404, "not-found", what + " does not exist.", "Check the path.");
  }

  /** The idempotency key was used with another body; 409. */
  public static RequestException idempotencyConflict() {
    return new RequestException(
        409,
        "idempotency-conflict",
        "The Idempotency-Key was used before with another body.",
        "Send the first body again, or use a new key.");
  }

  /** The key server stands in the configuration; 409. */
  public static RequestException configuredKeyServer(String name) {
    return new RequestException(
        409,
        "key-server-configured",
        "The key server \"%s\" stands in the configuration file.".formatted(name),
        "Change it there, or use another name.");
  }

  /** The job has no output, now or ever; 409. */
  public static RequestException noOutput(String state) {
    return new RequestException(
        409, "no-output", "The job is " + state + ".", "Only a job that succeeded has output.");
  }

  /** The job succeeded, but its output is not where it was, or on another node; 404. */
  public static RequestException outputGone() {
    return new RequestException(
        404,
        "output-gone",
        "The output of the job is not on this node, or not there any more.",
        "Look where it was moved to; nodes that serve each other's output need a folder that all"
            + " of them see.");
  }

  /** The job cannot be repeated, for it did not fail; 409. */
  public static RequestException notFailed(String state) {
    return new RequestException(
        409,
        "not-failed",
        "The job is " + state + ".",
        "Only a job that failed or was cancelled can be sent again.");
  }

  /** The job cannot be forgotten, for it has not ended; 409. */
  public static RequestException notEnded(String state) {
    return new RequestException(
        409,
        "not-ended",
        "The job is " + state + ".",
        "Cancel it, and delete it once it has ended.");
  }

  /** The tenant has as many webhooks as it may; 409. */
  public static RequestException tooManyWebhooks(int most) {
    return new RequestException(
        409,
        "too-many-webhooks",
        "There are %d webhooks already.".formatted(most),
        "Delete one that is not needed.");
  }

  /** The message waits anyway; 409. */
  public static RequestException stillWaiting() {
    return new RequestException(
        409,
        "still-waiting",
        "The message has neither arrived nor been given up.",
        "Wait for its next try.");
  }

  /** Too many requests of a kind are open; 503. */
  public static RequestException busy(String what) {
    return new RequestException(503, "busy", what, "Try again later.");
  }

  /** The body is larger than is read; 413. */
  public static RequestException tooLarge(int limitBytes) {
    return new RequestException(
        413,
        "body-too-large",
        "The body is larger than " + limitBytes + " bytes.",
        "Send a smaller one.");
  }

  /** The body is compressed; 415. */
  public static RequestException encodedBody() {
    return new RequestException(
        415,
        "unsupported-content-encoding",
        "The body has a Content-Encoding.",
        "Send it as it is.");
  }

  /** The body is of another media type; 415. */
  public static RequestException unsupportedMediaType(String found, String wanted) {
    return new RequestException(
        415,
        "unsupported-media-type",
        "The body's Content-Type is \"" + found + "\".",
        "Send " + wanted + ".");
  }

  /** The method is not for this path; 405. */
  public static RequestException methodNotAllowed(String method, String path) {
    return new RequestException(
        405,
        "method-not-allowed",
        method + " is not possible at " + path + ".",
        "See /openapi.yaml for what is.");
  }

  /** The Host header names another machine, as after DNS rebinding; 421. */
  public static RequestException misdirected() {
    return new RequestException(
        421,
        "misdirected-request",
        "The Host header does not name this machine.",
        "Use 127.0.0.1 or localhost.");
  }

  public int status() {
    return status;
  }

  /** The value of {@code WWW-Authenticate}; null but for status 401. */
  public @Nullable String challenge() {
    return challenge;
  }

  public List<FieldError> errors() {
    return errors;
  }

  private static String place(FieldError error) {
    return (error.pointer().isEmpty() ? "The body" : error.pointer()) + ": " + error.detail();
  }
}
