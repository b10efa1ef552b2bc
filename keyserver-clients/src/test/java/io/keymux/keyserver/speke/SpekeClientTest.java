package io.keymux.keyserver.speke;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpekeClientTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  @ParameterizedTest
  @MethodSource("io.keymux.keyserver.speke.Requests#combinations")
  void exchange_goodAnswer_givesKeysSignalingAndOwnRules(KeyRequest request) throws Exception {
    server.answersOk(SpekeAnswer.to(request));

    CpixDocument document = server.client().exchange(request);

    assertThat(document.contentId()).isEqualTo("movie-1");
    assertThat(document.usageRules()).isEqualTo(request.rules());
    assertThat(document.contentKeys()).extracting(ContentKey::id).isEqualTo(request.keyIds());
    assertKeys(document);
    assertThat(document.requestedKeys()).isEmpty();
    assertThat(document.drmSystems())
        .hasSize(document.contentKeys().size() * Requests.systems(request).size());
    for (ContentKey key : document.contentKeys()) {
      assertThat(document.signaling(key.id()))
          .extracting(DrmSignaling::systemId)
          .isEqualTo(Requests.systems(request));
    }
  }

  @ParameterizedTest
  @MethodSource("io.keymux.keyserver.speke.Requests#combinations")
  void exchange_replacedKids_moveIntoTheRules(KeyRequest request) throws Exception {
    server.answersOk(SpekeAnswer.to(request, SpekeClientTest::other));

    CpixDocument document = server.client().exchange(request);

    assertThat(document.usageRules())
        .isEqualTo(
            request.rules().stream().map(rule -> rule.withKeyId(other(rule.keyId()))).toList());
    assertThat(document.contentKeys())
        .extracting(ContentKey::id)
        .isEqualTo(request.keyIds().stream().map(SpekeClientTest::other).toList());
    assertKeys(document);
    assertThat(document.drmSystems())
        .allSatisfy(entry -> assertThat(document.contentKey(entry.keyId())).isPresent());
  }

  @Test
  void exchange_explicitIv_isKept() throws Exception {
    KeyRequest request = Requests.of(Requests.perType(), FAIRPLAY);
    server.answersOk(SpekeAnswer.to(request));

    CpixDocument document = server.client().exchange(request);

    assertThat(document.contentKeys())
        .allSatisfy(
            key ->
                assertThat(String.valueOf(key.explicitIv()))
                    .isEqualTo("3858f62230ac3c915f300c664312c63f"));
  }

  @Test
  void exchange_moreKeysThanTheLimit_asksNobody() {
    KeyRequest request = Requests.of(Requests.perTrack(), WIDEVINE);
    SpekeClient client = server.builder().maxKeys(2).build();

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client.exchange(request));

    assertThat(error.code()).isEqualTo("key-limit-exceeded");
    assertThat(error.blame()).isEqualTo(DrmException.Blame.CALLER);
    assertThat(error).hasMessageContaining("needs 3 keys").hasMessageContaining("gives 2 at most");
    assertThat(server.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/secret",
        "secret",
        "https:///secret",
        "https://a_b/secret",
        "http://user@host/secret"
      })
  void builder_unusableUrl_isRefusedWithoutQuotingIt(String url) {
    DrmException error =
        catchThrowableOfType(DrmException.class, () -> SpekeClient.v2(URI.create(url)));

    assertThat(error.code()).isEqualTo("invalid-key-server-url");
    assertThat(error).hasMessageNotContaining("secret");
  }

  @Test
  void toString_anyObject_hidesTheUrl() {
    KeyServerCall call =
        new KeyServerCall("POST", server.url(), Map.of(), SecretBytes.copyOf(new byte[0]));

    assertThat(
            List.of(
                server.client().toString(),
                call.toString(),
                KeyServerUrl.of(server.url()).toString()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("127.0.0.1")
                    .doesNotContain(SpekeServer.PATH_SECRET, SpekeServer.QUERY_SECRET));
  }

  @Test
  void exchange_manyThreadsOneClient_eachGetsItsOwnAnswer() throws Exception {
    List<KeyRequest> requests = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      List<UsageRule> rules = Requests.perType();
      KeyRequest request =
          new KeyRequest("asset-" + i + "-x", ProtectionScheme.CENC, Set.of(WIDEVINE), rules);
      UUID mark = new UUID(i, i);
      server.wireMock.stubFor(
          any(anyUrl())
              .withRequestBody(containing("contentId=\"" + request.contentId() + "\""))
              .willReturn(
                  SpekeServer.ok(
                          SpekeAnswer.to(
                              request,
                              id ->
                                  new KeyId(
                                      new UUID(
                                          mark.getMostSignificantBits(),
                                          id.uuid().getLeastSignificantBits()))))
                      .withFixedDelay(i % 5 * 10)));
      requests.add(request);
    }
    SpekeClient client = server.client();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<CpixDocument>> calls = new ArrayList<>();
      requests.forEach(request -> calls.add(() -> client.exchange(request)));
      List<Future<CpixDocument>> answers = threads.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        CpixDocument document = answers.get(i).get();
        assertThat(document.contentId()).isEqualTo("asset-" + i + "-x");
        assertThat(document.usageRules().get(0).keyId().uuid().getMostSignificantBits())
            .isEqualTo(i);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertKeys(CpixDocument document) {
    int number = 0;
    for (ContentKey key : document.contentKeys()) {
      number++;
      assertThat(HexFormat.of().formatHex(key.value().reveal())).isEqualTo(SpekeAnswer.key(number));
    }
  }

  private static KeyId other(KeyId id) {
    return new KeyId(
        new UUID(~id.uuid().getMostSignificantBits(), 42 + id.uuid().getLeastSignificantBits()));
  }
}
