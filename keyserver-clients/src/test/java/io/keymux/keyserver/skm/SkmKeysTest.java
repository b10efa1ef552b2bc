package io.keymux.keyserver.skm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Leaks;
import io.keymux.keyserver.speke.Requests;
import java.net.URI;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key store: what is sent to it, and what of its answers is believed. */
class SkmKeysTest {
  private static final KeyRequest ONE = Requests.of(Requests.shared(), WIDEVINE);
  private static final SeedKeys SEED = SeedKeys.of(SecretBytes.copyOf(new byte[32]));
  private static final KeyId KID = SEED.keyId("movie-1", "ALL");
  private static final String KEY = hex(SEED.keyFor(KID));
  private static final String OTHER = "0123456789abcdef0123456789abcdef";

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @Test
  void exchange_newKey_isStoredAndGiven() throws Exception {
    answers(200, "{\"kid\":\"%s\",\"k\":\"%s\"}".formatted(kid(), KEY));

    CpixDocument document = keys(null).exchange(ONE);

    assertThat(hex(document.contentKeys().get(0).value())).isEqualTo(KEY);
    assertThat(SERVER.getAllServeEvents().get(0).getRequest().getBodyAsString())
        .isEqualTo("{\"kid\":\"%s\",\"contentId\":\"movie-1\",\"k\":\"%s\"}".formatted(kid(), KEY));
  }

  @Test
  void exchange_severalKeys_areStoredOneByOne() {
    answers(200, "{\"kid\":\"%s\",\"k\":\"%s\"}".formatted(kid(), KEY));

    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> keys(null).exchange(Requests.of(Requests.perType(), WIDEVINE)));

    assertThat(error).hasMessageContaining("its kid is not the KID");
  }

  @Test
  void exchange_knownKid_givesTheKeyOfTheStore() throws Exception {
    answers(201, "{\"kid\":\"%s\",\"k\":\"%s\"}".formatted(KID, OTHER));

    assertThat(hex(keys(null).exchange(ONE).contentKeys().get(0).value())).isEqualTo(OTHER);
  }

  @Test
  void exchange_kek_sendsAndReadsWrappedKeysOnly() throws Exception {
    SecretBytes kek = secret("000102030405060708090a0b0c0d0e0f");
    String wrapped = HexFormat.of().formatHex(new KeyWrapping(kek).wrap(secret(OTHER)));
    answers(200, "{\"kid\":\"%s\",\"ek\":\"%s\",\"k\":\"%s\"}".formatted(kid(), wrapped, KEY));

    assertThat(hex(keys(kek).exchange(ONE).contentKeys().get(0).value())).isEqualTo(OTHER);
    String sent = SERVER.getAllServeEvents().get(0).getRequest().getBodyAsString();
    assertThat(sent).contains("\"kekId\":\"#1.").contains("\"ek\":\"").doesNotContain(KEY);
    answers(200, "{\"kid\":\"%s\",\"ek\":\"%s00\"}".formatted(kid(), wrapped.substring(2)));
    assertThat(failure(kek)).hasMessageContaining("is not wrapped under this KEK");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | <html>sign in</html>                          | key-response-invalid
          200 | []                                            | key-response-invalid
          200 | {"kid":"KID"}                                 | key-response-invalid
          200 | {"kid":"KID","k":"00112233"}                  | key-response-invalid
          200 | {"kid":"KID","k":"00000000000000000000000000000000"} | key-response-invalid
          200 | {"kid":"KID","k":"zz112233445566778899aabbccddeeff"} | key-response-invalid
          200 | {"kid":"KID","kid":"KID","k":"KEY"}           | key-response-invalid
          200 | {"k":"KEY"}                                   | key-response-invalid
          409 | KEY                                           | key-server-refused
          403 | KEY                                           | key-server-unauthorized
          """)
  void exchange_otherAnswers_areRefused(int status, String body, String code) {
    answers(status, body.replace("KID", kid()).replace("KEY", KEY));

    KeyExchangeException error = failure(null);

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.retryable()).isFalse();
    Leaks.assertNone(error, KEY);
  }

  /** RFC 3394, 4.1. */
  @Test
  void wrap_vectorOfTheRfc_isAsGiven() {
    KeyWrapping wrapping = new KeyWrapping(secret("000102030405060708090a0b0c0d0e0f"));
    SecretBytes key = secret("00112233445566778899aabbccddeeff");
    byte[] wrapped = wrapping.wrap(key);

    assertThat(HexFormat.of().formatHex(wrapped))
        .isEqualTo("1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
    assertThat(wrapping.unwrap(wrapped)).isEqualTo(key);
  }

  private static KeyExchangeException failure(@Nullable SecretBytes kek) {
    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> keys(kek).exchange(ONE));
    assertThat(error).isNotNull();
    return error;
  }

  private static SkmKeys keys(@Nullable SecretBytes kek) {
    return SkmKeys.of(
        URI.create(SERVER.baseUrl() + "/keystore/keys"),
        SEED,
        kek,
        HttpSettings.DEFAULT.open(CallAuthorizer.none()));
  }

  private static void answers(int status, String body) {
    SERVER.stubFor(
        post(urlPathEqualTo("/keystore/keys"))
            .willReturn(aResponse().withStatus(status).withBody(body)));
  }

  private static String kid() {
    return HexFormat.of().formatHex(KID.toBytes());
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
  }

  private static String hex(SecretBytes secret) {
    assertThat(secret.size()).isEqualTo(ContentKey.SIZE_BYTES);
    return HexFormat.of().formatHex(secret.reveal());
  }
}
