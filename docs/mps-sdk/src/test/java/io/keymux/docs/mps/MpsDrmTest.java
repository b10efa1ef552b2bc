package io.keymux.docs.mps;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.AdaptiveDynamicStreamingInfoItem;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailResponse;
import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.MediaProcessTaskAdaptiveDynamicStreamingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type of DRM, from the call to the files. */
class MpsDrmTest {
  @RegisterExtension static final MpsRig rig = MpsRig.start();
  private static final MpsClient client = rig.client();

  @ParameterizedTest
  @CsvSource({
    "widevine, HLS, mp4-segment, , preset0, SAMPLE-AES-CTR",
    "widevine, HLS, mp4-byterange, cbcs, preset1, SAMPLE-AES",
    "widevine, MPEG-DASH, mp4-byterange, cenc, preset0, edef8ba9",
    "playready, HLS, mp4-segment, cbcs, preset0, com.microsoft.playready",
    "playready, MPEG-DASH, mp4-mp4-byterange, , preset1, 9a04f079",
    "widevine+playready, HLS, mp4-segment, , preset0, com.microsoft.playready",
    "widevine+playready, MPEG-DASH, mp4-byterange, cbcs, preset0, edef8ba9",
    "fairplay, HLS, mp4-segment, , preset0, skd://",
    "fairplay, HLS, mp4-byterange, cbcs, preset1, skd://",
    "widevine+fairplay, HLS, mp4-segment, , preset0, skd://",
    "playready+fairplay, HLS, mp4-segment, , preset0, skd://",
    "widevine+playready+fairplay, HLS, mp4-byterange, , preset1, skd://",
  })
  void speke_eachTypeAndFormat_isPackaged(
      String type, String format, String segments, String method, String preset, String proof)
      throws Exception {
    String asset = "asset-" + UUID.randomUUID();
    DrmInfo drm = rig.speke(type, asset, method, preset);

    MediaProcessTaskAdaptiveDynamicStreamingResult result =
        MpsRig.succeed(
            client, MpsRig.request(MpsRig.template(client, format, segments), drm, asset));

    assertThat(result.getErrCodeExt()).isEmpty();
    assertThat(result.getInput().getDrmInfo().getSpekeDrm().getKeyServerUrl())
        .isEqualTo("https://127.0.0.1/…");
    AdaptiveDynamicStreamingInfoItem output = result.getOutput();
    assertThat(output.getPackage()).isEqualTo(format);
    Path manifest = rig.bucket.resolve(output.getPath().substring(1));
    assertThat(text(manifest)).containsIgnoringCase(proof);
  }

  @Test
  void simpleAes_keyAndVector_arePlacedInThePlaylist() throws Exception {
    MediaProcessTaskAdaptiveDynamicStreamingResult result =
        MpsRig.succeed(client, MpsRig.request(12, SimpleAes.drm(), "simple"));

    assertThat(result.getInput().getDrmInfo().getSimpleAesDrm()).isNull();
    Path master = rig.bucket.resolve(result.getOutput().getPath().substring(1));
    assertThat(text(master))
        .contains("METHOD=AES-128,URI=\"https://keys.example/one\"")
        .containsIgnoringCase("IV=0x" + SimpleAes.VECTOR);
    byte[] clear =
        SimpleAes.decrypted(
            Files.readAllBytes(master.resolveSibling("film_adaptiveDynamicStreaming_12_0_1.ts")));
    assertThat(clear.length % 188).isZero();
    assertThat(clear[0]).isEqualTo((byte) 0x47);
    assertThat(clear[188]).isEqualTo((byte) 0x47);
  }

  @ParameterizedTest
  @CsvSource({"10, .ts", "20, .mp4"})
  void noDrm_presets_areClear(long definition, String media) throws Exception {
    MediaProcessTaskAdaptiveDynamicStreamingResult result =
        MpsRig.succeed(client, MpsRig.request(definition, null, "clear" + definition));

    Path manifest = rig.bucket.resolve(result.getOutput().getPath().substring(1));
    assertThat(text(manifest)).contains(media).doesNotContain("EXT-X-KEY", "ContentProtection");
  }

  @Test
  void tsTemplateWithDrm_isCorrectedAndSaysSo() throws Exception {
    MediaProcessTaskAdaptiveDynamicStreamingResult result =
        MpsRig.succeed(client, MpsRig.request(10, rig.speke("widevine", "corrected"), "corrected"));

    assertThat(result.getMessage()).contains("ts-segment of the template became mp4-segment");
  }

  @Test
  void usedTicket_failsWithAKeyServerCode() throws Exception {
    DrmInfo drm = rig.speke("widevine", "used");
    assertThat(MpsRig.run(client, MpsRig.request(20, drm, "used1")).getStatus())
        .isEqualTo("SUCCESS");

    MediaProcessTaskAdaptiveDynamicStreamingResult second =
        MpsRig.run(client, MpsRig.request(20, drm, "used2"));

    assertThat(second.getStatus()).isEqualTo("FAIL");
    assertThat(second.getErrCodeExt()).isEqualTo("InvalidInput.KeyServerUnauthorized");
    assertThat(second.getMessage()).contains("key-ticket-expired").doesNotContain("ticket=");
  }

  @ParameterizedTest
  @CsvSource({
    "TC3-HMAC-SHA256, POST",
    "TC3-HMAC-SHA256, GET",
    "HmacSHA256, POST",
    "HmacSHA256, GET"
  })
  void signatures_eachOfTheClient_areAccepted(String signature, String method) throws Exception {
    ClientProfile profile = new ClientProfile();
    profile.setSignMethod(signature);
    profile.getHttpProfile().setReqMethod(method);
    MpsClient other = rig.client(MpsRig.SECRET_ID, profile);
    String asset = "sign-" + UUID.randomUUID();

    String task =
        other.ProcessMedia(MpsRig.request(20, rig.speke("widevine", asset), asset)).getTaskId();

    DescribeTaskDetailResponse detail = MpsRig.finished(other, task);
    assertThat(MpsRig.stream(detail).getStatus()).isEqualTo("SUCCESS");
  }

  /** The manifest and all playlists below it. */
  private static String text(Path manifest) throws Exception {
    StringBuilder all = new StringBuilder(Files.readString(manifest));
    try (var files = Files.walk(manifest.getParent())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".m3u8")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
