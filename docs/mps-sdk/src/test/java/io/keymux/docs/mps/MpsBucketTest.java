package io.keymux.docs.mps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.MediaProcessTaskAdaptiveDynamicStreamingResult;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From bucket to bucket: Tencent's client asks, Amazon's reads, and the output is judged there. */
class MpsBucketTest {
  private static final String FILM = "in/both 100%.mp4";

  @RegisterExtension
  @Order(1)
  static final TestBuckets buckets = new TestBuckets();

  @RegisterExtension
  @Order(2)
  static final MpsRig rig = new MpsSetup().buckets(buckets, MpsSetup.STATIC).start();

  private static final MpsClient client = rig.client();

  @BeforeAll
  static void fill() {
    buckets.put(FILM, MpsRig.filmWithSound());
  }

  @ParameterizedTest
  @CsvSource({
    "COS, widevine, HLS, mp4-segment, , preset0",
    "COS, widevine, MPEG-DASH, mp4-byterange, cbcs, preset1",
    "COS, playready, HLS, mp4-byterange, , preset1",
    "COS, playready, MPEG-DASH, mp4-byterange, cenc, preset0",
    "COS, fairplay, HLS, mp4-segment, , preset1",
    "COS, widevine+playready, MPEG-DASH, mp4-byterange, , preset1",
    "COS, playready+fairplay, HLS, mp4-segment, , preset0",
    "COS, widevine+playready+fairplay, HLS, mp4-byterange, , preset1",
    "AWS-S3, widevine, MPEG-DASH, mp4-byterange, , preset0",
    "AWS-S3, fairplay, HLS, mp4-byterange, , preset0",
    "AWS-S3, widevine+playready, HLS, mp4-segment, cbcs, preset1",
    "AWS-S3, widevine+fairplay, HLS, mp4-segment, , preset1",
  })
  void speke_eachType_isInTheBucketAndVerifies(
      String shape, String type, String format, String segments, String method, String preset)
      throws Exception {
    String asset = "asset-" + UUID.randomUUID();
    DrmInfo drm = rig.speke(type, asset, method, preset);
    long definition = MpsRig.template(client, format, segments);
    ProcessMediaRequest request = MpsRig.request(definition, drm, asset);

    MediaProcessTaskAdaptiveDynamicStreamingResult result =
        MpsRig.succeed(
            client,
            shape.equals("COS")
                ? BucketRequests.cos(request, FILM)
                : BucketRequests.s3(request, FILM, BucketRequests.S3_REGION, TestBuckets.SECRET));

    String name = asset + "/both_100__adaptiveDynamicStreaming_" + definition;
    String ending = format.equals("HLS") ? ".m3u8" : ".mpd";
    assertThat(result.getOutput().getPath()).isEqualTo("/" + name + ending);
    assertThat(result.getOutput().getStorage().getType()).isEqualTo(shape);
    List<String> keys = buckets.keys(asset + "/");
    assertThat(keys).contains(name + ending).allMatch(key -> key.startsWith(name));
    assertThat(keys).filteredOn(key -> key.startsWith(name + "_0")).isNotEmpty();
    assertThat(keys).filteredOn(key -> key.startsWith(name + "_1")).isNotEmpty();
    assertThat(keyIds(name)).hasSize(preset.equals("preset1") ? 2 : 1);
    VerifyRun judged = VerifyRun.passed(rig, result.getOutput().getPath(), MpsRig.filmWithSound());
    assertThat(judged.samplesDecrypted()).isPositive();
    assertThat(judged.samplesEqualToSource()).isEqualTo(judged.samplesDecrypted());
  }

  /** Those of the report of an output. */
  private static Set<String> keyIds(String name) {
    JsonObject report =
        new Gson()
            .fromJson(
                new String(buckets.get(name + ".keymux-report.json"), UTF_8), JsonObject.class);
    Set<String> ids = new HashSet<>();
    for (JsonElement track : report.getAsJsonArray("tracks")) {
      ids.add(track.getAsJsonObject().get("keyId").getAsString());
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"HLS, mp4-segment, .m3u8, _1_1.m4s", "MPEG-DASH, mp4-byterange, .mpd, _1.mp4"})
  void noDrm_eachFormat_verifies(String format, String segments, String ending, String media)
      throws Exception {
    String folder = "clear-" + format;
    long definition = MpsRig.template(client, format, segments);
    ProcessMediaRequest request = MpsRig.request(definition, null, folder);

    String path = MpsRig.succeed(client, BucketRequests.cos(request, FILM)).getOutput().getPath();

    String name = folder + "/both_100__adaptiveDynamicStreaming_" + definition;
    assertThat(path).isEqualTo("/" + name + ending);
    assertThat(buckets.keys(folder)).contains(name + media);
    VerifyRun.passed(rig, path, MpsRig.filmWithSound());
  }

  private static ProcessMediaRequest simpleAes(long definition, String folder) {
    return BucketRequests.cos(MpsRig.request(definition, SimpleAes.drm(), folder), FILM);
  }

  @Test
  void simpleAes_transportStream_decryptsWithTheCallersKey() throws Exception {
    MpsRig.succeed(client, simpleAes(12, "simple-ts"));

    byte[] clear =
        SimpleAes.decrypted(buckets.get("simple-ts/both_100__adaptiveDynamicStreaming_12_0_1.ts"));
    assertThat(clear.length % 188).isZero();
    assertThat(clear[0]).isEqualTo((byte) 0x47);
    assertThat(clear[188]).isEqualTo((byte) 0x47);
  }

  @Test
  void simpleAes_mp4_decryptsWithTheCallersKeyAndVerifies() throws Exception {
    long definition = MpsRig.template(client, "HLS", "mp4-segment");

    String path = MpsRig.succeed(client, simpleAes(definition, "simple-mp4")).getOutput().getPath();

    byte[] clear =
        SimpleAes.decrypted(
            buckets.get(
                "simple-mp4/both_100__adaptiveDynamicStreaming_" + definition + "_0_1.m4s"));
    assertThat(new String(clear, ISO_8859_1)).contains("moof", "mdat");
    VerifyRun.passed(rig, path, MpsRig.filmWithSound());
  }
}
