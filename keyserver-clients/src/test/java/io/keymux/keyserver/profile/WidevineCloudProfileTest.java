package io.keymux.keyserver.profile;

import static io.keymux.keyserver.profile.VendorDouble.assertKeys;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.widevine.WidevineAnswers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Widevine cloud service, with the test signer that Google publishes. */
class WidevineCloudProfileTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final VendorDouble DOUBLE = new VendorDouble(SERVER);
  private static final String KEY =
      "1ae8ccd0e7985cc0b6203a55855a1034afc252980e970ca90e5202689f947ab9";
  private static final String IV = "d58ce954203b7c9a9a9d467f59839249";
  private static final String ANSWER = WidevineAnswers.good();
  private static final String[] SECRETS = {KEY, WidevineAnswers.SD_KEY, WidevineAnswers.AUDIO_KEY};

  @Test
  void exchange_signedAnswer_isTaken() throws Exception {
    SERVER.answers(envelope(ANSWER, signature(ANSWER)));

    assertKeys(
        open().exchange(WidevineAnswers.REQUEST),
        List.of(WidevineAnswers.SD, WidevineAnswers.AUDIO),
        WidevineAnswers.SD_KEY,
        WidevineAnswers.AUDIO_KEY);

    assertThat(DOUBLE.lines()).containsExactly("POST /cenc/getcontentkey/acme");
    JsonNode sent = new ObjectMapper().readTree(DOUBLE.only().getBody());
    String request = new String(Base64.getDecoder().decode(sent.get("request").asText()), UTF_8);
    assertThat(sent.get("signer").asText()).isEqualTo("widevine_test");
    assertThat(sent.get("signature").asText()).isEqualTo(signature(request));
    JsonNode asked = new ObjectMapper().readTree(request);
    assertThat(asked.get("tracks").toString())
        .isEqualTo("[{\"type\":\"SD\"},{\"type\":\"AUDIO\"}]");
    assertThat(asked.get("drm_types").toString()).isEqualTo("[\"WIDEVINE\"]");
    assertThat(asked.get("content_id").asText())
        .isEqualTo(WidevineAnswers.b64("test-content-id".getBytes(UTF_8)));
  }

  @Test
  void exchange_answerWithAnothersSignature_isRefused() {
    SERVER.answers(envelope(ANSWER, signature(ANSWER + " ")));

    fails("key-response-invalid", "its signature does not fit it");
  }

  @Test
  void exchange_answerWithoutSignature_isRefused() {
    SERVER.answers(WidevineAnswers.wrapped(ANSWER));

    fails("key-response-invalid", "it has no signature");
  }

  /** What a wrong URL of this family answers. */
  @Test
  void exchange_unwrappedError_isNamed() {
    SERVER.answers("{\"status\":\"MALFORMED_REQUEST\",\"drm\":[],\"tracks\":[]}");

    fails("key-server-refused", "MALFORMED_REQUEST");
  }

  private static void fails(String code, String words) {
    KeyExchangeException error =
        KeyServerDouble.fails(open(), WidevineAnswers.REQUEST, code, SECRETS);

    assertThat(error).hasMessageContaining(words);
    assertThat(error.retryable()).isFalse();
    assertThat(SERVER.received()).hasSize(1);
  }

  private static KeyServer open() {
    String aes = "key: '${env:K}', iv: " + IV;
    return DOUBLE.open(
        "widevine-cloud",
        "variables: {provider: acme}, widevine: {signer: {name: widevine_test, %s}, verifier: {%s}}"
            .formatted(aes, aes),
        Map.of("K", KEY));
  }

  private static String envelope(String answer, String signature) {
    return "{\"response\":\"%s\",\"signature\":\"%s\"}"
        .formatted(WidevineAnswers.b64(answer.getBytes(UTF_8)), signature);
  }

  private static String signature(String message) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"),
          new IvParameterSpec(HexFormat.of().parseHex(IV)));
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(message.getBytes(UTF_8));
      return WidevineAnswers.b64(cipher.doFinal(hash));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
