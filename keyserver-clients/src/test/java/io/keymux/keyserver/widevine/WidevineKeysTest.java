package io.keymux.keyserver.widevine;

import static io.keymux.keyserver.widevine.WidevineAnswers.AUDIO;
import static io.keymux.keyserver.widevine.WidevineAnswers.REQUEST;
import static io.keymux.keyserver.widevine.WidevineAnswers.SD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.answer.TrackTypeNames;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Requests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidevineKeysTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void exchange_signed_sendsWhatShakaSends() throws Exception {
    SERVER.answers(WidevineAnswers.wrapped(WidevineAnswers.good()));
    KeyRequest request =
        new KeyRequest(
            "test content id", ProtectionScheme.CENC, REQUEST.systems(), REQUEST.rules());

    client(WidevineOptions.DEFAULT.withSigner(WidevineSignerTest.test())).exchange(request);

    Request sent = SERVER.received().get(0);
    assertThat(sent.getHeader("Content-Type")).isEqualTo("application/json");
    JsonNode envelope = JSON.readTree(sent.getBody());
    assertThat(envelope.fieldNames())
        .toIterable()
        .containsExactly("request", "signature", "signer");
    assertThat(envelope.get("signer").textValue()).isEqualTo("widevine_test");
    byte[] inner = envelope.get("request").binaryValue();
    assertThat(new String(inner, UTF_8))
        .isEqualTo(
            "{\"content_id\":\"dGVzdCBjb250ZW50IGlk\",\"policy\":\"\","
                + "\"tracks\":[{\"type\":\"SD\"},{\"type\":\"AUDIO\"}],"
                + "\"drm_types\":[\"WIDEVINE\"],\"protection_scheme\":\"CENC\"}");
    assertThat(envelope.get("signature").binaryValue())
        .isEqualTo(WidevineSignerTest.test().sign(inner).orElseThrow());
  }

  @Test
  void exchange_unsigned_sendsAllOptions() throws Exception {
    SERVER.answers(
        WidevineAnswers.wrapped(
            WidevineAnswers.ok(
                WidevineAnswers.track(
                    "HD", SD, WidevineAnswers.SD_KEY, ",\"crypto_period_index\":7"))));
    WidevineOptions options =
        WidevineOptions.DEFAULT
            .withPolicy("rental")
            .withGroupId(Bytes.ofHex("0102"))
            .withDrmTypes(List.of("WIDEVINE", "PLAYREADY"))
            .withContentIdForm(ContentIdForm.AS_IS)
            .withTrackTypes(WidevineOptions.TRACK_TYPES.withNames(Map.of("ALL", "HD")))
            .withPeriods(new CryptoPeriods(7, 1, 3600));

    CpixDocument document =
        client(options).exchange(Requests.of(Requests.shared(), DrmSystem.FAIRPLAY));

    JsonNode envelope = JSON.readTree(SERVER.received().get(0).getBody());
    assertThat(envelope.fieldNames()).toIterable().containsExactly("request");
    assertThat(new String(envelope.get("request").binaryValue(), UTF_8))
        .isEqualTo(
            "{\"content_id\":\"movie-1\",\"policy\":\"rental\",\"tracks\":[{\"type\":\"HD\"}],"
                + "\"drm_types\":[\"WIDEVINE\",\"PLAYREADY\"],\"first_crypto_period_index\":7,"
                + "\"crypto_period_count\":1,\"crypto_period_seconds\":3600,\"group_id\":\"AQI=\","
                + "\"protection_scheme\":\"CBCS\"}");
    assertThat(document.keyPeriods()).isEmpty();
    assertThat(document.usageRules().get(0).filters())
        .isEqualTo(Requests.shared().get(0).filters());
  }

  @Test
  void exchange_contentIdInHex_sendsItsBytes() throws Exception {
    SERVER.answers(WidevineAnswers.wrapped(WidevineAnswers.good()));
    WidevineKeys client = client(WidevineOptions.DEFAULT.withContentIdForm(ContentIdForm.HEX));

    client.exchange(
        new KeyRequest("00ff10", ProtectionScheme.CENC, REQUEST.systems(), REQUEST.rules()));

    JsonNode envelope = JSON.readTree(SERVER.received().get(0).getBody());
    JsonNode inner = JSON.readTree(envelope.get("request").binaryValue());
    assertThat(inner.get("content_id").textValue()).isEqualTo("AP8Q");
    KeyServerDouble.fails(client, REQUEST, "key-request-unsupported");
    assertThat(SERVER.received()).hasSize(1);
  }

  @Test
  void exchange_good_answersWithKeysRulesAndSignaling() throws Exception {
    SERVER.answers(WidevineAnswers.wrapped(WidevineAnswers.good()));

    CpixDocument document = client(WidevineOptions.DEFAULT).exchange(REQUEST);

    assertThat(document.contentKey(SD).orElseThrow().value())
        .isEqualTo(WidevineSignerTest.secret(WidevineAnswers.SD_KEY));
    assertThat(document.contentKey(AUDIO).orElseThrow().value())
        .isEqualTo(WidevineSignerTest.secret(WidevineAnswers.AUDIO_KEY));
    assertThat(document.usageRules())
        .containsExactly(
            REQUEST.rules().get(0).withKeyId(SD), REQUEST.rules().get(1).withKeyId(AUDIO));
    DrmSignaling signaling = document.signaling(SD).get(0);
    Bytes box = WidevineAnswers.box(DrmSystem.WIDEVINE, SD);
    assertThat(signaling.pssh()).isEqualTo(box);
    assertThat(signaling.hlsMedia()).startsWith("#EXT-X-KEY:").contains(box.toBase64());
    assertThat(signaling.contentProtection()).contains(box.toBase64());
  }

  @Test
  void exchange_dataWithoutBox_isPutIntoOne() throws Exception {
    Bytes box = WidevineAnswers.box(DrmSystem.WIDEVINE, SD);
    SERVER.answers(
        WidevineAnswers.wrapped(
            WidevineAnswers.good()
                .replace(WidevineAnswers.pssh("WIDEVINE", box), WidevineAnswers.dataOnly(box))));

    assertThat(client(WidevineOptions.DEFAULT).exchange(REQUEST).signaling(SD).get(0).pssh())
        .isEqualTo(box);
  }

  @Test
  void exchange_psshOfAnUnaskedSystemOrEmpty_isLeftOut() throws Exception {
    SERVER.answers(
        WidevineAnswers.wrapped(
            WidevineAnswers.ok(
                WidevineAnswers.track(
                    "SD",
                    SD,
                    WidevineAnswers.SD_KEY,
                    WidevineAnswers.pssh(
                        "PLAYREADY", WidevineAnswers.box(DrmSystem.PLAYREADY, SD))),
                WidevineAnswers.track(
                    "AUDIO",
                    AUDIO,
                    WidevineAnswers.AUDIO_KEY,
                    ",\"pssh\":[{\"drm_type\":\"WIDEVINE\",\"data\":\"\"}]"))));

    assertThat(client(WidevineOptions.DEFAULT).exchange(REQUEST).drmSystems()).isEmpty();
  }

  @Test
  void exchange_unknownTrackType_isRefusedBeforeAnythingIsSent() {
    KeyServerDouble.fails(
        client(WidevineOptions.DEFAULT),
        Requests.of(Requests.perType(), DrmSystem.WIDEVINE),
        "key-request-unsupported");

    assertThat(SERVER.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, 0", "0, 0, 0", "0, 1001, 0", "4294967295, 2, 0", "0, 1, -1"})
  void cryptoPeriods_outOfRange_areRefused(long first, int count, int seconds) {
    assertThatThrownBy(() -> new CryptoPeriods(first, count, seconds))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void options_unknownDrmType_isRefused() {
    assertThatThrownBy(() -> WidevineOptions.DEFAULT.withDrmTypes(List.of("CLEARKEY")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WidevineOptions.DEFAULT.withDrmTypes(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(WidevineOptions.DEFAULT.withTrackTypes(TrackTypeNames.SAME).trackTypes().known())
        .isEqualTo(Set.of());
  }

  static WidevineKeys client(WidevineOptions options) {
    return WidevineKeys.of(
        SERVER.url(),
        options,
        SERVER.http(),
        pause -> {
          throw KeyExchangeException.timeout("nobody waits here", pause);
        });
  }
}
