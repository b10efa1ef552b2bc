package io.keymux.keyserver.profile;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyRequest;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Requests;
import io.keymux.keyserver.speke.SpekeAnswer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sections {@code retry} and {@code cache} of an account. */
class RetryProfileTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final KeyRequest REQUEST = Requests.of(Requests.perType(), WIDEVINE);

  /** Two is what is configured beside the accounts. */
  @ParameterizedTest
  @CsvSource({"'', 2", "'retry: {attempts: 1},', 1", "'retry: {attempts: 4, pause: 1ms},', 4"})
  void attempts_serverThatIsBusy_isAskedThatOften(String retry, int calls) {
    SERVER.answers(503, "");

    KeyExchangeException error = failure(retry);

    assertThat(error.code()).isEqualTo("key-server-refused");
    assertThat(error.retryable()).isTrue();
    assertThat(SERVER.received()).hasSize(calls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry: {total: 200ms},", "retry: {attempt: 200ms},"})
  void times_serverThatIsSlow_isLeft(String retry) {
    SERVER.answers(good().withFixedDelay(3_000));
    long start = System.nanoTime();

    KeyExchangeException error = failure(retry);

    assertThat(error.code()).isEqualTo("key-server-timeout");
    assertThat(error).hasMessageMatching(".*within (200|1\\d\\d) ms.*");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_500));
  }

  @Test
  void total_pausesThatWouldExceedIt_areNotMade() {
    SERVER.answers(aResponse().withStatus(503).withHeader("Retry-After", "5"));
    long start = System.nanoTime();

    assertThat(failure("retry: {attempts: 10, total: 1s},").code()).isEqualTo("key-server-refused");

    assertThat(SERVER.received()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_500));
  }

  @Test
  void responseBytes_largerAnswer_isNotRead() throws Exception {
    SERVER.answers(good());

    KeyExchangeException error = failure("retry: {responseBytes: 1024},");

    assertThat(error.code()).isEqualTo("key-response-too-large");
    assertThat(error).hasMessageContaining("1024 bytes");
    assertThat(open("retry: {responseBytes: 65536},").exchange(REQUEST).contentKeys()).hasSize(2);
  }

  @Test
  void cache_sameWishTwice_isOneCall() throws Exception {
    SERVER.answers(good());
    KeyServer server = open("cache: {lifetime: 1m},");

    CpixDocument first = server.exchange(REQUEST);

    assertThat(server.exchange(REQUEST)).isSameAs(first);
    assertThat(SERVER.received()).hasSize(1);
  }

  @Test
  void cache_endedOrAbsent_isACallEach() throws Exception {
    SERVER.answers(good());
    KeyServer shortLived = open("cache: {lifetime: 1ms, entries: 1},");
    KeyServer none = open("");

    shortLived.exchange(REQUEST);
    Thread.sleep(20);
    shortLived.exchange(REQUEST);
    assertThat(SERVER.received()).hasSize(2);
    none.exchange(REQUEST);
    none.exchange(REQUEST);
    assertThat(SERVER.received()).hasSize(4);
  }

  @Test
  void cache_failure_isAskedAgain() throws Exception {
    SERVER.answers(500, "");
    KeyServer server = open("cache: {lifetime: 1m},");
    assertThat(
            catchThrowableOfType(KeyExchangeException.class, () -> server.exchange(REQUEST)).code())
        .isEqualTo("key-server-refused");

    SERVER.answers(good());

    assertThat(server.exchange(REQUEST).contentKeys()).hasSize(2);
  }

  /** Values that are of the right form, and of no use. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retry: {total: 0s}                | /retry/total
          retry: {attempt: 0ms}             | /retry/attempt
          retry: {connect: 0s}              | /retry/connect
          retry: {attempts: 0}              | /retry/attempts
          retry: {attempts: 11}             | /retry/attempts
          retry: {responseBytes: 1}         | /retry/responseBytes
          retry: {responseBytes: 999999999} | /retry/responseBytes
          cache: {lifetime: 0s}             | /cache/lifetime
          cache: {lifetime: 1s, entries: 0} | /cache/entries
          auth: {type: cas, login: 'https://a.example/', user: u, password: '${env:P}', policy: reusable, lifetime: 0s} | /auth/lifetime
          auth: {type: url-jwt, secret: '${env:P}', lifetime: 10ms} | /auth/lifetime
          auth: {type: tc3, secretId: 'a b', secretKey: '${env:P}'} | /auth/secretId
          auth: {type: header, name: 'a b', value: '${env:P}'}      | /auth/name
          auth: {type: header, name: X-A, value: '${env:BROKEN}'}   | /auth/value
          auth: {type: bearer, token: '${env:BROKEN}'}              | /auth/token
          auth: {type: sigv4, region: 'eu,1', accessKeyId: a, secretAccessKey: '${env:P}'} | /auth/region
          auth: {type: sigv4, accessKeyId: 'a b', secretAccessKey: '${env:P}'} | /auth/accessKeyId
          auth: {type: sigv4, service: 'a/b', accessKeyId: a, secretAccessKey: '${env:P}'} | /auth/service
          transport: skm, skm: {kek: '${env:P}'}         | /skm/kek
          transport: tencent, tencent: {region: 'a b'}   | /tencent/region
          """)
  void open_uselessValue_namesTheField(String fields, String pointer) {
    ProfileException error = catchThrowableOfType(ProfileException.class, () -> open(fields + ","));

    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo("invalid-key-server-profile");
    assertThat(error.pointer()).isEqualTo(pointer);
    assertThat(error).hasMessageNotContaining("secret of");
  }

  private static KeyExchangeException failure(String fields) {
    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> open(fields).exchange(REQUEST));
    assertThat(error).isNotNull();
    return error;
  }

  private static KeyServer open(String fields) {
    String yaml =
        "{%s %s url: 'http://127.0.0.1:%d/speke'}"
            .formatted(
                fields.contains("transport:") ? "" : "profile: generic,",
                fields,
                SERVER.wireMock.port());
    return TestAccounts.servers(
            Map.of(
                "P", "secret of no less than 32 bytes: 5ec4e7", "BROKEN", "secret of\ntwo lines"))
        .open("test", yaml.getBytes(UTF_8));
  }

  private static ResponseDefinitionBuilder good() {
    return aResponse()
        .withHeader("X-Speke-Version", "2.0")
        .withHeader("X-Speke-User-Agent", "double")
        .withBody(SpekeAnswer.to(REQUEST));
  }
}
