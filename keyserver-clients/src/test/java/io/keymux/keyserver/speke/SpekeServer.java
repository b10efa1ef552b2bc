package io.keymux.keyserver.speke;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A key server on a free port whose URL has a secret in the path and one in the query. */
final class SpekeServer implements AutoCloseable, AfterEachCallback, AfterAllCallback {
  static final String PATH_SECRET = "pathtoken-e5c0a1";
  static final String QUERY_SECRET = "queryticket-77b2f9";

  final WireMockServer wireMock =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

  SpekeServer() {
    wireMock.start();
  }

  /** As an extension, forgets its answers after each test. */
  @Override
  public void afterEach(ExtensionContext context) {
    wireMock.resetAll();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  URI url() {
    return URI.create(
        "http://127.0.0.1:%d/speke/%s/copyProtection?ticket=%s"
            .formatted(wireMock.port(), PATH_SECRET, QUERY_SECRET));
  }

  /** A client with short limits. */
  SpekeClient client() {
    return builder().build();
  }

  SpekeClient.Builder builder() {
    return SpekeClient.builder(SpekeVersion.V2_0, url())
        .timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10))
        .attempts(3, Duration.ofMillis(5));
  }

  void answers(ResponseDefinitionBuilder response) {
    wireMock.stubFor(any(anyUrl()).willReturn(response));
  }

  void answersOk(String body) {
    answers(ok(body));
  }

  static ResponseDefinitionBuilder ok(String body) {
    return answer(body, "2.0");
  }

  static ResponseDefinitionBuilder answer(String body, String spekeVersion) {
    return aResponse()
        .withStatus(200)
        .withHeader("Content-Type", "application/xml")
        .withHeader("X-Speke-Version", spekeVersion)
        .withHeader("X-Speke-User-Agent", "test")
        .withBody(body);
  }

  List<Request> received() {
    return wireMock.getAllServeEvents().stream().<Request>map(ServeEvent::getRequest).toList();
  }

  @Override
  public void close() {
    wireMock.stop();
  }
}
