package io.keymux.keyserver.answer;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A key server on a free port whose URL has a secret in the path and one in the query. */
public final class KeyServerDouble implements AfterEachCallback, AfterAllCallback {
  public static final String PATH_SECRET = "pathtoken-e5c0a1";
  public static final String QUERY_SECRET = "queryticket-77b2f9";

  public final WireMockServer wireMock;

  /**
   * @param extensions that answers may name as their transformers
   */
  public KeyServerDouble(Extension... extensions) {
    wireMock =
        new WireMockServer(
            wireMockConfig().dynamicPort().bindAddress("127.0.0.1").extensions(extensions));
    wireMock.start();
  }

  public KeyServerUrl url() {
    return KeyServerUrl.of(
        "http://127.0.0.1:%d/%s/?ticket=%s".formatted(wireMock.port(), PATH_SECRET, QUERY_SECRET));
  }

  public HttpExchange http() {
    return http(CallAuthorizer.none());
  }

  public HttpExchange http(CallAuthorizer authorizer) {
    HttpSettings settings = HttpSettings.DEFAULT;
    return settings
        .withLimits(
            settings
                .limits()
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(20))
                .withAttempts(1, Duration.ZERO))
        .open(authorizer);
  }

  public void answers(String body) {
    answers(200, body);
  }

  public void answers(int status, String body) {
    answers(aResponse().withStatus(status).withBody(body));
  }

  public void answers(ResponseDefinitionBuilder response) {
    wireMock.stubFor(any(anyUrl()).willReturn(response));
  }

  /** In the order they came. */
  public List<Request> received() {
    List<Request> received =
        new ArrayList<>(
            wireMock.getAllServeEvents().stream().<Request>map(ServeEvent::getRequest).toList());
    Collections.reverse(received);
    return received;
  }

  /** The failure of an exchange, which has the code and tells no secret. */
  public static KeyExchangeException fails(
      KeyExchange client, KeyRequest request, String code, String... secrets) {
    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client.exchange(request));
    assertThat(error).as(code).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    assertThat(error)
        .hasNoCause()
        .hasMessageNotContaining(PATH_SECRET)
        .hasMessageNotContaining(QUERY_SECRET);
    SecretForms.assertNone(error, secrets);
    assertThat(client.toString()).doesNotContain(PATH_SECRET, QUERY_SECRET);
    SecretForms.assertNone(client.toString(), secrets);
    return error;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    wireMock.resetAll();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    wireMock.stop();
  }
}
