package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.keyserver.answer.SecretForms;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.profile.GatedServer.Mood;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each transport with each authenticator, from the account's YAML to the keys. */
class TransportMatrixTest {
  private static GatedServer server;

  @BeforeAll
  static void start(@TempDir Path directory) {
    server = new GatedServer(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> cells() {
    List<Proof> proofs = Proofs.all();
    return TransportCases.all().stream()
        .flatMap(transport -> proofs.stream().map(proof -> Arguments.of(transport, proof)));
  }

  static Stream<Arguments> cellsWithLogin() {
    return cells().filter(cell -> ((Proof) cell.get()[1]).hasLogin());
  }

  static Stream<Arguments> cellsWithSecrets() {
    return cells()
        .filter(cell -> cell.get()[1] instanceof Proof proof && !proof.wrong().isEmpty())
        .filter(cell -> !((Proof) cell.get()[1]).mutualTls());
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("cells")
  void exchange_proved_givesTheKeys(TransportCase transport, Proof proof) throws Exception {
    server.stand(transport, proof.lock().get(), Mood.FAIR);

    try (KeyServer client = open(transport, proof, proof.secrets())) {
      CpixDocument document = client.exchange(transport.request());
      CpixDocument again = client.exchange(transport.request());

      assertThat(server.objections).hasSize(proof.challenged());
      assertThat(client.facts().auth().contains("mtls")).isEqualTo(proof.mutualTls());
      assertThat(again).isEqualTo(document);
      assertThat(document.contentKeys())
          .extracting(ContentKey::id)
          .containsExactlyElementsOf(transport.kids());
      assertThat(document.contentKeys())
          .extracting(key -> HexFormat.of().formatHex(key.value().reveal()))
          .containsExactlyElementsOf(transport.keys());
      assertSilent(transport, proof, client.toString(), client.facts().toString());
    }
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("cells")
  void exchange_refusedForGood_saysSo(TransportCase transport, Proof proof) {
    KeyExchangeException error =
        failure(transport, proof, proof.secrets(), Mood.REFUSES, proof.refusal());

    assertThat(error).hasMessageContaining("127.0.0.1").hasMessageContaining("HTTP 401");
    assertThat(server.calls).hasValue(proof.refusedCalls());
    assertThat(server.objections).hasSize(proof.challenged());
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("cellsWithLogin")
  void exchange_loginRefused_neverCalls(TransportCase transport, Proof proof) {
    failure(transport, proof, proof.secrets(), Mood.REFUSES_LOGINS, "key-server-login-failed");

    assertThat(server.calls).hasValue(0);
  }

  /** That the locks hold, and what a user with a typo reads. */
  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("cellsWithSecrets")
  void exchange_wrongSecret_isRefused(TransportCase transport, Proof proof) {
    failure(
        transport,
        proof,
        proof.wrong(),
        Mood.FAIR,
        proof.hasLogin() ? "key-server-login-failed" : proof.refusal());
  }

  /** The server may break the connection before it is read why: then it counts as unreachable. */
  @ParameterizedTest
  @MethodSource("io.keymux.keyserver.profile.TransportCases#all")
  void exchange_foreignCertificate_isNotLetIn(TransportCase transport) {
    Proof proof = Proofs.all().stream().filter(Proof::mutualTls).findFirst().orElseThrow();
    server.stand(transport, proof.lock().get(), Mood.FAIR);

    try (KeyServer client = open(transport, proof, proof.wrong())) {
      KeyExchangeException error =
          catchThrowableOfType(
              KeyExchangeException.class, () -> client.exchange(transport.request()));

      assertThat(error.code()).isIn("key-server-untrusted", "key-server-unreachable");
      assertThat(server.calls).hasValue(0);
      assertSilent(transport, proof, error.toString());
    }
  }

  private static KeyExchangeException failure(
      TransportCase transport, Proof proof, Map<String, String> secrets, Mood mood, String code) {
    server.stand(transport, proof.lock().get(), mood);
    try (KeyServer client = open(transport, proof, secrets)) {
      KeyExchangeException error =
          catchThrowableOfType(
              KeyExchangeException.class, () -> client.exchange(transport.request()));
      assertThat(error).isNotNull();
      assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
      assertThat(error.retryable()).isFalse();
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      assertSilent(
          transport, proof, trace.toString(), client.toString(), client.facts().toString());
      return error;
    }
  }

  private static void assertSilent(TransportCase transport, Proof proof, String... said) {
    List<String> hidden = new ArrayList<>(proof.hidden());
    hidden.addAll(proof.secrets().values());
    hidden.add("tenant=");
    for (String text : said) {
      assertThat(text).doesNotContain(hidden);
      SecretForms.assertNone(text, transport.keys().toArray(String[]::new));
    }
  }

  /** The whole URL is a secret, as {@code ${env:URL}}. */
  private static KeyServer open(TransportCase transport, Proof proof, Map<String, String> secrets) {
    Map<String, String> all = new HashMap<>(secrets);
    all.put(
        "URL",
        (proof.mutualTls() ? server.https() : server.http())
            + transport.path()
            + secrets.getOrDefault(Proofs.TICKET, ""));
    String yaml =
        "{url: '${env:URL}', %s, %s}"
            .formatted(transport.fields(), proof.fields().replace("@BASE@", server.http()));
    return TestAccounts.servers(all).open("test", yaml.getBytes(UTF_8));
  }
}
