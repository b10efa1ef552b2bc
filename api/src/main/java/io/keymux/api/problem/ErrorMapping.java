package io.keymux.api.problem;

import io.keymux.api.database.DatabaseException;
import io.keymux.cpix.DrmException;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.List;

/** The one place that knows which failure has which HTTP status. */
public final class ErrorMapping {
  private ErrorMapping() {}

  /** Describes an expected failure. */
  public static Problem describe(DrmException e) {
    if (e instanceof RequestException request) {
      return problem(request.status(), e, request.errors());
    }
    if (e instanceof DatabaseException database) {
      return database.mayPass() ? problem(503, e, List.of()) : bug();
    }
    return problem(status(e.blame()), e, List.of());
  }

  /** Describes a bug. Nothing of the exception is told: its message could hold anything. */
  public static Problem bug() {
    return new Problem(
        "/problems/internal",
        title(500),
        500,
        "An unexpected error happened. Look for the request's or the job's id in the server's log.",
        "internal",
        null,
        null,
        false,
        List.of());
  }

  private static int status(DrmException.Blame blame) {
    return switch (blame) {
      case CALLER -> 422;
      case UNSUPPORTED -> 501;
      case UPSTREAM -> 502;
      case OUTPUT -> 507;
    };
  }

  private static Problem problem(int status, DrmException e, List<FieldError> errors) {
    return new Problem(
        "/problems/" + e.code(),
        title(status),
        status,
        e.problem() + " " + e.remedy(),
        e.code(),
        null,
        null,
        retryable(status, e),
        errors);
  }

  private static boolean retryable(int status, DrmException e) {
    if (e instanceof KeyExchangeException exchange) {
      return exchange.retryable();
    }
    if (e instanceof StorageException storage) {
      return storage.retryable();
    }
    return status == 429 || status == 502 || status == 503 || status == 507;
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 507 -> "Insufficient Storage";
      default -> "Internal Server Error";
    };
  }
}
