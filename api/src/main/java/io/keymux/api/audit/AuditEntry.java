package io.keymux.api.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param action what was done, as {@code keys-given} or {@code POST /v1/jobs}
 * @param actor who did it
 * @param object what it was done to, as a job's id; null for nothing that has a name
 * @param status of HTTP, or null
 * @param kids of the keys that it was about
 */
public record AuditEntry(
    String action,
    Actor actor,
    @Nullable String object,
    @Nullable Integer status,
    List<String> kids) {
  /** Keys leave the service. */
  public static final String KEYS_GIVEN = "keys-given";

  /** A key is brought into the service. */
  public static final String KEYS_TAKEN = "keys-taken";

  /** A job asks a key server. */
  public static final String KEYS_ASKED = "keys-asked";

  /** A key server gave keys to a job. */
  public static final String KEYS_RECEIVED = "keys-received";

  /** A request was refused for its credentials. */
  public static final String REFUSED = "refused";

  private static final int LONGEST = 256;

  public AuditEntry {
    action = shortened(action);
    object = object == null ? null : shortened(object);
    kids = List.copyOf(kids);
  }

  /**
   * Who does something.
   *
   * @param name of the credential, as {@code key abcdefghij234}; no secret
   * @param tenant null if nobody is known
   * @param address where a request came from; null for what the service does by itself
   * @param request id of the request, or null
   * @param job id of the job, or null
   */
  public record Actor(
      String name,
      @Nullable String tenant,
      @Nullable String address,
      @Nullable String request,
      @Nullable String job) {

    /** A job that runs. */
    public static Actor job(String tenant, String id) {
      return new Actor("job", tenant, null, null, id);
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
