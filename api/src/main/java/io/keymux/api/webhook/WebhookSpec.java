package io.keymux.api.webhook;

import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import io.keymux.keyserver.http.AddressPolicy;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for: the JSON body of {@code POST /v1/webhooks}.
 *
 * @param url where messages go; may hold a token, or a user and password
 * @param events what it is told of; null for the ends of jobs
 * @param description the client's note
 * @param enabled whether it is told of anything; yes if null
 */
public record WebhookSpec(
    @Nullable String url,
    @Nullable List<String> events,
    @Nullable String description,
    @Nullable Boolean enabled) {
  private static final int LONGEST_URL = 2000;
  private static final int LONGEST_DESCRIPTION = 500;

  /**
   * @param policy which addresses receivers may have
   * @throws RequestException with status 422 and the places of what cannot be used; it does not
   *     quote the URL
   */
  void require(AddressPolicy policy) {
    List<FieldError> errors = new ArrayList<>();
    String problem = urlProblem(policy);
    if (problem != null) {
      errors.add(new FieldError("/url", "invalid-webhook-url", problem));
    }
    if (events != null && events.isEmpty()) {
      errors.add(
          new FieldError(
              "/events", "unknown-event", "An empty list would be told of nothing; leave it out."));
    }
    for (int i = 0; events != null && i < events.size(); i++) {
      if (EventType.ofId(events.get(i)).isEmpty()) {
        errors.add(new FieldError("/events/" + i, "unknown-event", "There is no such event."));
      }
    }
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      errors.add(
          new FieldError(
              "/description",
              "description-too-long",
              "More than %d characters.".formatted(LONGEST_DESCRIPTION)));
    }
    if (!errors.isEmpty()) {
      throw RequestException.invalidValues(errors);
    }
  }

  private @Nullable String urlProblem(AddressPolicy policy) {
    if (url == null) {
      return "It is missing.";
    }
    String problem = KeyServerUrl.problem(url);
    if (problem != null) {
      return "It " + problem + ".";
    }
    if (policy == AddressPolicy.PUBLIC && !"https".equalsIgnoreCase(URI.create(url).getScheme())) {
      return "It does not begin with https://.";
    }
    return url.length() > LONGEST_URL ? "It is longer than 2000 characters." : null;
  }

  /** Of a spec that was found usable. */
  List<EventType> eventTypes() {
    return events == null
        ? EventType.USUAL
        : events.stream().distinct().map(id -> EventType.ofId(id).orElseThrow()).toList();
  }

  /** The URL without what may be secret in it. */
  String shownUrl() {
    URI uri = URI.create(String.valueOf(url));
    String host = uri.getHost();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + host + port + "/…";
  }

  /** Without the URL. */
  @Override
  public String toString() {
    return "WebhookSpec[" + events + "]";
  }
}
