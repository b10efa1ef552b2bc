package io.keymux.api.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keymux.api.config.NameGlob;
import io.keymux.api.config.Roots;
import io.keymux.api.config.S3Account;
import io.keymux.api.config.S3Credentials;
import io.keymux.api.config.StorageSettings;
import io.keymux.api.problem.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Buckets whose owner lends a role. The service that lends it is one of the test: where it is says
 * what the machine has for AWS, as {@code AWS_ENDPOINT_URL_STS} would.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class AssumedRoleTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/keymux";
  private static final String MACHINE_SECRET = "canary-of-the-machine-8128";

  @RegisterExtension static final Buckets BUCKETS = new Buckets();

  private final Map<String, @Nullable String> before = new HashMap<>();
  private final BlockingQueue<Map<String, String>> asked = new LinkedBlockingQueue<>();
  private HttpServer lender;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    lender = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lender.createContext("/", this::lend);
    lender.start();
    set("aws.endpointUrlSts", "http://127.0.0.1:" + lender.getAddress().getPort());
    set("aws.accessKeyId", "AKIAMACHINE");
    set("aws.secretAccessKey", MACHINE_SECRET);
  }

  private void set(String property, String value) {
    before.put(property, System.getProperty(property));
    System.setProperty(property, value);
  }

  @AfterEach
  void stop() {
    lender.stop(0);
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
  }

  private void lend(HttpExchange exchange) throws IOException {
    Map<String, String> question = new HashMap<>();
    for (String field :
        new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&", -1)) {
      String[] parts = field.split("=", 2);
      question.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    question.put("Authorization", exchange.getRequestHeaders().getFirst("Authorization"));
    asked.add(question);
    byte[] answer =
        (status == 200
                ? """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                <AssumeRoleResult><Credentials>
                <AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
                <SessionToken>lent</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
                </Credentials></AssumeRoleResult></AssumeRoleResponse>
                """
                    .formatted(Buckets.KEY_ID, Buckets.SECRET)
                : """
                <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>
                <Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message>
                </Error></ErrorResponse>
                """)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static Storages storage() {
    return Storages.of(
        Roots.of(List.of()),
        new StorageSettings(
            null,
            List.of(
                new S3Account(
                    List.of(NameGlob.of("in-*")),
                    URI.create(BUCKETS.server.uri()),
                    "us-east-1",
                    true,
                    new S3Credentials.AssumeRole(ROLE, "keymux-at-partner", "session-1"))),
            null));
  }

  @Test
  void input_roleIsLent_isReadWithIt() throws Exception {
    BUCKETS.put("a.mp4", "of a role".getBytes(UTF_8));

    try (Storages storage = storage()) {
      assertThat(storage.input("s3://in-1/a.mp4", null).size()).isEqualTo(9);
      assertThat(storage.input("s3://in-1/a.mp4", null).size()).isEqualTo(9);
    }

    assertThat(asked).as("questions").hasSize(1);
    assertThat(asked.take())
        .containsEntry("Action", "AssumeRole")
        .containsEntry("RoleArn", ROLE)
        .containsEntry("ExternalId", "keymux-at-partner")
        .containsEntry("RoleSessionName", "session-1")
        .hasEntrySatisfying(
            "Authorization",
            proof -> assertThat(proof).contains("AKIAMACHINE").doesNotContain(MACHINE_SECRET));
  }

  @Test
  void input_roleIsNotLent_saysSoWithoutSecrets() {
    status = 403;
    BUCKETS.put("a.mp4", "of a role".getBytes(UTF_8));

    try (Storages storage = storage()) {
      StorageException refused =
          catchThrowableOfType(
              StorageException.class, () -> storage.input("s3://in-1/a.mp4", null).size());

      assertThat(refused.code()).isEqualTo("storage-unavailable");
      assertThat(refused).hasMessageContaining("the role of its account was not given");
      assertThat(refused.toString()).doesNotContain(MACHINE_SECRET, Buckets.SECRET);
    }
  }
}
