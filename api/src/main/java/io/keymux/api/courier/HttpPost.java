package io.keymux.api.courier;

import io.keymux.api.secret.SecretText;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.auth.HeaderAuthorizer;
import io.keymux.keyserver.http.AddressPolicy;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.time.Duration;
import java.util.Map;

/** Brings one message to where somebody wants it by HTTP, once. It follows no redirect. */
public final class HttpPost {
  private static final int LARGEST_ANSWER = 64 * 1024;

  private final HttpSettings settings;

  /**
   * @param policy which addresses receivers may have
   * @param patience for a whole call
   */
  public HttpPost(AddressPolicy policy, Duration patience) {
    settings =
        HttpSettings.DEFAULT
            .withLimits(
                HttpLimits.DEFAULT
                    .withTimeouts(patience, patience, patience)
                    .withAttempts(1, Duration.ZERO)
                    .withResponseBytes(LARGEST_ANSWER))
            .withPolicy(policy);
  }

  /**
   * The host and port that a message to a URL goes to.
   *
   * @throws io.keymux.cpix.DrmException with code {@code invalid-key-server-url}
   */
  public static String receiver(SecretBytes url) {
    return KeyServerUrl.authority(KeyServerUrl.of(SecretText.utf8(url)).uri());
  }

  /**
   * @param url http or https, in UTF-8; a user and password in it become HTTP Basic
   * @param json the message
   * @param headers beside the usual ones
   * @return the status of the answer, 200 to 299
   * @throws UndeliveredException if it did not arrive
   * @throws InterruptedException if the thread is interrupted; the call is then abandoned
   */
  public int send(SecretBytes url, String json, Map<String, String> headers)
      throws InterruptedException {
    KeyServerUrl to = KeyServerUrl.of(SecretText.utf8(url));
    KeyServerCall call = KeyServerCall.post(to.uri(), "application/json", SecretText.of(json));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      call = call.withHeader(header.getKey(), header.getValue());
    }
    Door door = new Door(authorizer(to));
    try (HttpExchange exchange = settings.open(door);
        HttpAnswer answer = exchange.send(call)) {
      if (answer.status() / 100 != 2) {
        throw UndeliveredException.refused(answer.status());
      }
      return answer.status();
    } catch (KeyExchangeException e) {
      throw door.status == 0
          ? UndeliveredException.of(e)
          : UndeliveredException.refused(door.status);
    }
  }

  private static CallAuthorizer authorizer(KeyServerUrl to) {
    String user = to.user();
    String password = to.password();
    return user == null || password == null
        ? CallAuthorizer.none()
        : HeaderAuthorizer.basic(user, password);
  }

  /** Remembers with which status it was shut. */
  private static final class Door implements CallAuthorizer {
    private final CallAuthorizer inner;
    private int status;

    Door(CallAuthorizer inner) {
      this.inner = inner;
    }

    @Override
    public KeyServerCall authorize(KeyServerCall call, CallSender sender)
        throws InterruptedException {
      return inner.authorize(call, sender);
    }

    @Override
    public KeyExchangeException refusal(String host, int refused) {
      status = refused;
      return KeyExchangeException.unauthorized(host, refused);
    }
  }
}
