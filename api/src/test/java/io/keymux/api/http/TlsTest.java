package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.access.CertifiedClient;
import io.keymux.api.access.RateLimits;
import io.keymux.api.access.Scope;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.SecuritySettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.config.TlsSettings;
import io.keymux.cpix.DrmException;
import io.keymux.packager.bento4.KeysOnArgv;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 22 of the threat table: TLS, and clients that show certificates. */
class TlsTest {
  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final TestCredentials CREDENTIALS = new TestCredentials();
  private static final String KEY = CREDENTIALS.all("acme");

  @TempDir static Path folder;
  private static ApiServer server;

  @BeforeAll
  static void start() throws IOException {
    TestAuthority.Issued own =
        AUTHORITY.issue("CN=keymux", new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    own.writeCertificate(folder.resolve("own.pem"));
    own.writeKey(folder.resolve("own.key"));
    AUTHORITY.write(folder.resolve("authority.pem"));
    SecuritySettings security =
        new SecuritySettings(
            KeysOnArgv.REFUSED,
            CREDENTIALS.settings().apiKeys(),
            tls("own.pem", "own.key"),
            List.of(
                new CertifiedClient("worker", "acme", Set.of(Scope.JOBS_READ)),
                new CertifiedClient("spiffe://acme/ops", "acme", Set.of(Scope.WEBHOOKS_READ))),
            List.of(),
            RateLimits.DEFAULT,
            List.of(),
            null);
    server = start("data", security);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ApiServer start(String data, SecuritySettings security) {
    return KeymuxService.start(
        new ServiceSettings("127.0.0.1", 0, List.of(folder), QueueSettings.DEFAULT).with(security),
        DataDirectory.open(folder.resolve(data)));
  }

  private static TlsSettings tls(String certificate, String key) {
    return new TlsSettings(
        folder.resolve(certificate), folder.resolve(key), folder.resolve("authority.pem"));
  }

  @Test
  void request_overTls_isAnswered() throws Exception {
    assertThat(server.uri().getScheme()).isEqualTo("https");
    assertThat(status(null, "/healthz", null)).isEqualTo(200);
    assertThat(status(null, "/v1/jobs", null)).isEqualTo(401);
    assertThat(status(null, "/v1/jobs", KEY)).isEqualTo(200);
  }

  @Test
  void request_withoutTls_isNotAnswered() {
    URI plain = URI.create("http://127.0.0.1:" + server.uri().getPort() + "/healthz");
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(plain).build(),
                        HttpResponse.BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3, true", "TLSv1.2, true", "TLSv1.1, false", "TLSv1, false"})
  void protocol_old_isRefused(String protocol, boolean spoken) throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(AUTHORITY.client(null))
            .sslParameters(parameters)
            .build();
    HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/healthz")).build();
    if (spoken) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    } else {
      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "CN=worker,              -,                 /v1/jobs,     200",
        "CN=worker,              -,                 /v1/webhooks, 403",
        "CN=any,                 spiffe://acme/ops, /v1/webhooks, 200",
        "CN=any,                 spiffe://acme/ops, /v1/jobs,     403",
        "CN=Worker,              -,                 /v1/jobs,     401",
        "CN=worker2,             -,                 /v1/jobs,     401",
        "O=worker,               -,                 /v1/jobs,     401",
        "'CN=worker,CN=other',   -,                 /v1/jobs,     401",
        "CN=worker,              spiffe://acme/ops, /v1/jobs,     401",
      })
  void certificate_byItsName_opensWhatIsGranted(
      String subject, @Nullable String alternative, String path, int status) throws Exception {
    TestAuthority.Issued client =
        AUTHORITY.issue(
            subject,
            alternative == null
                ? null
                : new GeneralName(GeneralName.uniformResourceIdentifier, alternative));
    assertThat(status(client, path, null)).isEqualTo(status);
  }

  @Test
  void certificate_ofAnotherAuthority_endsTheHandshake() throws Exception {
    TestAuthority.Issued forged = new TestAuthority().issue("CN=worker", null);
    assertThatThrownBy(() -> status(forged, "/v1/jobs", null)).isInstanceOf(IOException.class);
  }

  @Test
  void certificate_ofNobodyKnown_leavesRoomForAKey() throws Exception {
    TestAuthority.Issued client = AUTHORITY.issue("CN=any", null);
    assertThat(status(client, "/v1/webhooks", KEY)).isEqualTo(200);
    assertThat(status(client, "/v1/webhooks", KEY + "x")).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "absent.pem, own.key,    invalid-config,         cannot be read",
    "own.key,    own.key,    certificate-unreadable, own.key",
    "own.pem,    absent.key, invalid-config,         cannot be read",
    "own.pem,    own.pem,    private-key-unreadable, own.pem",
  })
  void files_wrong_areNamedAndNothingListens(
      String certificate, String key, String code, String problem) throws IOException {
    SecuritySettings security =
        new SecuritySettings(
            KeysOnArgv.REFUSED,
            List.of(),
            tls(certificate, key),
            List.of(),
            List.of(),
            RateLimits.DEFAULT,
            List.of(),
            null);
    String data = "data-" + certificate + "-" + key;
    assertThatThrownBy(() -> start(data, security))
        .isInstanceOfSatisfying(DrmException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(problem);
    // The database was closed: it opens again.
    start(data, SecuritySettings.DEFAULT).close();
    assertThat(Files.exists(folder.resolve(data))).isTrue();
  }

  private static int status(
      TestAuthority.@Nullable Issued client, String path, @Nullable String credential)
      throws Exception {
    SSLContext context = AUTHORITY.client(client);
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
    if (credential != null) {
      request.header("Authorization", credential);
    }
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
