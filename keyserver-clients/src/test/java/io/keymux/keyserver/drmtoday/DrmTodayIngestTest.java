package io.keymux.keyserver.drmtoday;

import static io.keymux.keyserver.drmtoday.IngestAnswers.PRODUCER;
import static io.keymux.keyserver.drmtoday.IngestAnswers.asset;
import static io.keymux.keyserver.drmtoday.IngestAnswers.b64;
import static io.keymux.keyserver.drmtoday.IngestAnswers.cencResponse;
import static io.keymux.keyserver.drmtoday.IngestAnswers.hex;
import static io.keymux.keyserver.drmtoday.IngestAnswers.id;
import static io.keymux.keyserver.drmtoday.IngestAnswers.key;
import static io.keymux.keyserver.drmtoday.IngestAnswers.made;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.WidevinePsshData;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.speke.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrmTodayIngestTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final KeyRequest CENC =
      Requests.of(Requests.perType(), DrmSystem.WIDEVINE, DrmSystem.PLAYREADY, DrmSystem.CLEARKEY);
  private static final KeyRequest CBCS =
      Requests.of(Requests.shared(), DrmSystem.FAIRPLAY, DrmSystem.WIDEVINE);
  private static final String TAKEN = "{\"assets\":[{\"assetId\":\"movie-1\"}]}";

  @Test
  void exchange_v3_sendsKeysAndAsksForSignaling() throws Exception {
    SERVER.answers(TAKEN);
    ContentKey video = made(CENC, 0);
    ContentKey audio = made(CENC, 1);

    CpixDocument document =
        client(DrmTodayOptions.of(IngestVersion.V3).withOverwriteExistingKeys(true)).exchange(CENC);

    assertThat(SERVER.received().get(0).getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(sent())
        .isEqualTo(
            ("{\"assets\":[{\"assetId\":\"movie-1\",\"variantId\":\"\","
                    + "\"overwriteExistingKeys\":true,\"ingestKeys\":["
                    + "{\"streamType\":\"VIDEO\",\"keyId\":\"%s\",\"key\":\"%s\"},"
                    + "{\"streamType\":\"AUDIO\",\"keyId\":\"%s\",\"key\":\"%s\"}]}],"
                    + "\"signaling\":{\"level\":\"all\",\"enc\":[\"cenc\"],\"system\":["
                    + "\"edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\","
                    + "\"9a04f079-9840-4286-ab92-e65be0885f95\"]}}")
                .formatted(id(video), b64(video), id(audio), b64(audio)));
    assertThat(document).isEqualTo(PRODUCER.exchange(CENC));
  }

  @Test
  void exchange_v3Cbcs_sendsTheIvAndOneKeyForAll() throws Exception {
    SERVER.answers(TAKEN);
    ContentKey key = made(CBCS, 0);

    client(DrmTodayOptions.of(IngestVersion.V3).withSignaling(false).withVariantId("v\"1"))
        .exchange(CBCS);

    assertThat(sent())
        .isEqualTo(
            ("{\"assets\":[{\"assetId\":\"movie-1\",\"variantId\":\"v\\\"1\","
                    + "\"overwriteExistingKeys\":false,\"ingestKeys\":["
                    + "{\"streamType\":\"VIDEO_AUDIO\",\"keyId\":\"%s\",\"key\":\"%s\","
                    + "\"iv\":\"%s\"}]}]}")
                .formatted(id(key), b64(key), Objects.requireNonNull(key.explicitIv()).toBase64()));
  }

  @Test
  void exchange_v2_sendsTypeAndAlgorithm() throws Exception {
    ContentKey video = made(CENC, 0);
    ContentKey audio = made(CENC, 1);
    SERVER.answers(asset(key("AUDIO", audio, ""), key("VIDEO", video, ",\"errors\":[]")));

    client(DrmTodayOptions.of(IngestVersion.V2)).exchange(CENC);

    assertThat(sent())
        .startsWith(
            "{\"assets\":[{\"type\":\"CENC\",\"assetId\":\"movie-1\",\"variantId\":\"\","
                + "\"overwriteExistingKeys\":false,\"ingestKeys\":[{\"streamType\":\"VIDEO\","
                + "\"algorithm\":\"AES\",\"keyId\":")
        .doesNotContain("signaling", "\"iv\"");
  }

  @Test
  void exchange_v2FairPlay_isItsOwnType() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), DrmSystem.FAIRPLAY);
    ContentKey key = made(request, 0);
    String iv = Objects.requireNonNull(key.explicitIv()).toBase64();
    SERVER.answers(asset(key("VIDEO_AUDIO", key, ",\"iv\":\"" + iv + "\"")));

    client(DrmTodayOptions.of(IngestVersion.V2)).exchange(request);

    assertThat(sent()).startsWith("{\"assets\":[{\"type\":\"FAIRPLAY\"").contains(iv);
  }

  @ParameterizedTest
  @EnumSource(IngestVersion.class)
  void exchange_pssh_isCheckedAndCarried(IngestVersion version) throws Exception {
    ContentKey video = made(CENC, 0);
    PsshBox box = pssh(video);
    SERVER.answers(
        asset(
            key("VIDEO", video, cencResponse(widevine(), "Widevine", box.data())),
            key("AUDIO", made(CENC, 1), "")));

    CpixDocument document = client(DrmTodayOptions.of(version)).exchange(CENC);

    assertThat(document.drmSystems()).hasSize(1);
    assertThat(document.signaling(video.id()).get(0).pssh()).isEqualTo(Bytes.copyOf(box.toBytes()));
    assertThat(document.contentKeys()).isEqualTo(PRODUCER.exchange(CENC).contentKeys());
  }

  @Test
  void exchange_body_isWipedAfterwards() throws Exception {
    SERVER.answers(TAKEN);
    List<SecretBytes> bodies = new ArrayList<>();

    DrmTodayIngest.of(
            SERVER.url(),
            DrmTodayOptions.of(IngestVersion.V3),
            PRODUCER,
            SERVER.http(
                (call, sender) -> {
                  bodies.add(call.body());
                  return call;
                }))
        .exchange(CENC);

    assertThat(bodies).hasSize(1);
    assertThat(bodies.get(0)).isEqualTo(SecretBytes.copyOf(new byte[bodies.get(0).size()]));
  }

  @Test
  void exchange_v2OfFairPlayAndOthers_isRefusedBeforeAnythingIsSent() {
    refusedUnsent(DrmTodayOptions.of(IngestVersion.V2), PRODUCER, CBCS);
  }

  @Test
  void exchange_unknownTrackType_isRefusedBeforeAnythingIsSent() {
    refusedUnsent(
        DrmTodayOptions.of(IngestVersion.V3),
        PRODUCER,
        Requests.of(Requests.perLabel(), DrmSystem.WIDEVINE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no IV", "other rules", "one key for all"})
  void exchange_producerThatDoesNotFit_isRefusedBeforeAnythingIsSent(String what) {
    ContentKey key = made(CENC, 0);
    ContentKey bare = new ContentKey(key.id(), key.value(), ProtectionScheme.CBCS, null);
    KeyExchange producer =
        request ->
            CpixDocument.ofKeys(
                "movie-1",
                List.of(bare),
                switch (what) {
                  case "other rules" -> List.of(new UsageRule(key.id(), "HD", List.of()));
                  default ->
                      request.rules().stream().map(rule -> rule.withKeyId(key.id())).toList();
                });

    refusedUnsent(
        DrmTodayOptions.of(IngestVersion.V3), producer, what.equals("no IV") ? CBCS : CENC);
  }

  private static void refusedUnsent(
      DrmTodayOptions options, KeyExchange producer, KeyRequest request) {
    DrmTodayIngest client = DrmTodayIngest.of(SERVER.url(), options, producer, SERVER.http());

    KeyServerDouble.fails(client, request, "key-request-unsupported", hex(made(request, 0)));
    assertThat(SERVER.received()).isEmpty();
  }

  private static String widevine() {
    return DrmSystem.WIDEVINE.systemId().toString();
  }

  private static PsshBox pssh(ContentKey key) {
    WidevinePsshData data =
        new WidevinePsshData(
            null,
            List.of(Bytes.copyOf(key.id().toBytes())),
            null,
            null,
            null,
            null,
            null,
            List.of());
    return new PsshBox(0, DrmSystem.WIDEVINE.systemId(), List.of(), data.toBytes());
  }

  private static String sent() {
    return new String(SERVER.received().get(0).getBody(), UTF_8);
  }

  private static DrmTodayIngest client(DrmTodayOptions options) {
    return DrmTodayIngest.of(SERVER.url(), options, PRODUCER, SERVER.http());
  }
}
