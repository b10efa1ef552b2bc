package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.signaling.PsshInspector;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that clients bring. */
class DrmTodayIngestTest {
  private static final String WIDEVINE = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
  private static final String PLAYREADY = "9a04f079-9840-4286-ab92-e65be0885f95";
  private static final String BODY =
      """
      {"assets":[{"assetId":"ASSET","variantId":"ü","overwriteExistingKeys":OVERWRITE,
        "ingestKeys":[{"streamType":"VIDEO","keyId":"KID","key":"%KEY%","iv":"AAECAwQFBgcICQoLDA0ODw==",
          "keyRotationId":"r1","clearKey":false}]}],
       "signaling":{"level":"all","enc":["cenc"],
         "system":["9a04f079-9840-4286-ab92-e65be0885f95","edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"]}}""";

  @RegisterExtension static final TestService service = new TestService();

  private final DrmToday client = new DrmToday(service, "any");
  private final String kid = random();
  private final String key = random();

  @Test
  void ingest_key_isDeliveredAndNotEchoed() {
    HttpResponse<String> response = client.ingest(body("asset-1", false, kid, key));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.body()).doesNotContain(key);
    JsonNode asset = TestService.json(response).path("assets").path(0);
    assertThat(asset.path("assetId").asText()).isEqualTo("asset-1");
    assertThat(asset.path("variantId").asText()).isEqualTo("ü");
    JsonNode answer = asset.path("keys").path(0);
    assertThat(answer.path("keyId").asText()).isEqualTo(kid);
    assertThat(answer.path("streamType").asText()).isEqualTo("VIDEO");
    assertThat(answer.path("keyRotationId").asText()).isEqualTo("r1");
    assertThat(answer.has("errors")).isFalse();
    JsonNode systems = answer.path("cencResponse").path("systemId");
    assertThat(systems.fieldNames()).toIterable().containsExactly(WIDEVINE, PLAYREADY);
    assertThat(systems.path(WIDEVINE).path("name").asText()).isEqualTo("Widevine");
    byte[] box = Base64.getDecoder().decode(systems.path(WIDEVINE).path("pssh").asText());
    assertThat(PsshInspector.inspect(box).toString()).contains(id().toString());
    byte[] data =
        Base64.getDecoder().decode(systems.path(WIDEVINE).path("psshBoxContent").asText());
    assertThat(box).endsWith(data).hasSize(32 + data.length);
    assertThat(delivered("asset-1")).isEqualTo(key);
    assertThat(service.get("/keys/asset-2/" + id()).statusCode()).isEqualTo(404);
    assertThat(licence()).isEqualTo(key);
  }

  @Test
  void ingest_otherKeyForTheKid_isAnErrorUnlessOverwritten() {
    String other = random();
    client.ingest(body("asset-1", false, kid, key));
    HttpResponse<String> refused = client.ingest(body("asset-1", false, kid, other));
    assertThat(refused.statusCode()).isEqualTo(200);
    JsonNode answer = TestService.json(refused).path("assets").path(0).path("keys").path(0);
    assertThat(answer.path("errors").path(0).asText()).isNotBlank();
    assertThat(answer.has("cencResponse")).isFalse();
    assertThat(refused.body()).doesNotContain(key).doesNotContain(other);
    assertThat(licence()).isEqualTo(key);
    assertThat(client.ingest(body("asset-1", false, kid, key)).body()).doesNotContain("errors");
    assertThat(client.ingest(body("asset-1", true, kid, other)).body()).doesNotContain("errors");
    assertThat(licence()).isEqualTo(other);
  }

  @Test
  void ingest_noSignaling_isForAllSystemsInCenc() {
    String body = body("a", false, kid, key);
    JsonNode answer =
        TestService.json(client.ingest(body.substring(0, body.indexOf(",\n \"signaling")) + "}"));
    JsonNode first = answer.path("assets").path(0).path("keys").path(0);
    assertThat(first.path("cencResponse").path("systemId")).hasSize(3);
    assertThat(first.has("cbcsResponse")).isFalse();
    JsonNode both =
        TestService.json(client.ingest(body.replace("[\"cenc\"]", "[\"cenc\",\"cbcs\"]")));
    assertThat(
            both.path("assets").path(0).path("keys").path(0).path("cbcsResponse").path("systemId"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | [ | 400 | ``",
        "[{\"assetId\" | [7,{\"assetId\" | 400 | /assets/0",
        "\"ingestKeys\":[ | \"ingestKeys\":[7, | 400 | /assets/0/ingestKeys/0",
        "\"ingestKeys\" | \"x\" | 422 | /assets/0/ingestKeys",
        "\"assets\" | \"x\" | 422 | /assets",
        "\"ASSET\" | \"\" | 422 | /assets/0/assetId",
        "\"ASSET\" | 1 | 400 | /assets/0/assetId",
        "\"ASSET\" | \"a\\u0007\" | 422 | /assets/0/assetId",
        "\"VIDEO\" | \"\" | 422 | /assets/0/ingestKeys/0/streamType",
        "OVERWRITE | \"%KEY%\" | 400 | /assets/0/overwriteExistingKeys",
        "\"KID\" | \"%KEY%x\" | 422 | /assets/0/ingestKeys/0/keyId",
        "\"%KEY%\" | 7 | 400 | /assets/0/ingestKeys/0/key",
        "\"%KEY%\" | \"%KEY%%KEY%\" | 422 | /assets/0/ingestKeys/0/key",
        "\"%KEY%\" | \"AAAAAAAAAAAAAAAAAAAAAA==\" | 422 | /assets/0/ingestKeys/0/key",
        "AAECAwQFBgcICQoLDA0ODw== | AAEC | 422 | /assets/0/ingestKeys/0/iv",
        "[\"cenc\"] | [\"cens\"] | 422 | /signaling/enc/0",
        "[\"cenc\"] | 1 | 400 | /signaling/enc",
        "9a04f079 | 9a04f070 | 422 | /signaling/system/0",
      })
  void ingest_unusableBody_isAProblemWithItsPlace(
      String part, String instead, int status, String pointer) {
    String sent =
        BODY.replaceFirst(Pattern.quote(part), instead.replace("\\", "\\\\"))
            .replace("ASSET", "asset")
            .replace("OVERWRITE", "false")
            .replace("KID", kid)
            .replace("%KEY%", key);
    HttpResponse<String> response = client.ingest(sent);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode problem = TestService.json(response);
    assertThat(problem.path("errors").path(0).path("pointer").asText()).isEqualTo(pointer);
    assertThat(response.body()).doesNotContain(key);
    assertThat(licence()).isEmpty();
  }

  @Test
  void ingest_otherMediaTypeOrName_is415Or400() {
    String path = DrmToday.INGEST;
    assertThat(
            service.post(path + "?ticket=" + client.ticket(path), "text/plain", "{}").statusCode())
        .isEqualTo(415);
    String odd = "/frontend/api/keys/v3/ingest/a.b";
    assertThat(service.postJson(odd + "?ticket=" + client.ticket(odd), "{}").statusCode())
        .isEqualTo(400);
  }

  private String delivered(String asset) {
    HttpRequest.Builder request = service.request("/keys/" + asset + "/" + id());
    return Base64.getEncoder()
        .encodeToString(service.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  /** The key that a player gets; empty if none. */
  private String licence() {
    String asked = Base64.getUrlEncoder().withoutPadding().encodeToString(id().toBytes());
    JsonNode keys =
        TestService.json(service.postJson("/clearkey", "{\"kids\":[\"" + asked + "\"]}"))
            .path("keys");
    return keys.isEmpty()
        ? ""
        : Base64.getEncoder()
            .encodeToString(Base64.getUrlDecoder().decode(keys.path(0).path("k").asText()));
  }

  private KeyId id() {
    return KeyId.ofBytes(Base64.getDecoder().decode(kid));
  }

  private static String body(String asset, boolean overwrite, String kid, String key) {
    return BODY.replace("ASSET", asset)
        .replace("OVERWRITE", String.valueOf(overwrite))
        .replace("KID", kid)
        .replace("%KEY%", key);
  }

  private static String random() {
    byte[] bytes = new byte[16];
    ThreadLocalRandom.current().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
