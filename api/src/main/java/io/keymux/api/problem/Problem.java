package io.keymux.api.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure as clients read it.
 *
 * @param type a URI reference that names the kind of problem, {@code /problems/} and the code
 * @param title the status' reason phrase
 * @param status the HTTP status; in a failed job the status that a synchronous call would have had
 * @param detail what is wrong, with values, then what to do
 * @param code stable and kebab-case: clients switch on it
 * @param instance the path of the request, or null in a failed job
 * @param requestId what to look for in the server's log, or null in a failed job
 * @param retryable whether the same request may succeed later
 * @param errors each place in the request that is wrong; may be empty
 * @see "RFC 9457, 3 Members of a Problem Details Object"
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    @Nullable String instance,
    @Nullable String requestId,
    boolean retryable,
    List<FieldError> errors) {

  /** The media type of a problem as JSON. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int MOST_KEPT = 100;

  public Problem {
    errors = List.copyOf(errors);
  }

  /** The same without most of its errors, if they are very many: it is to be kept. */
  public Problem shortened() {
    List<FieldError> first = errors.subList(0, Math.min(errors.size(), MOST_KEPT));
    return new Problem(type, title, status, detail, code, instance, requestId, retryable, first);
  }

  /** The same problem, met while answering a request. */
  public Problem at(String path, String id) {
    return new Problem(type, title, status, detail, code, path, id, retryable, errors);
  }
}
