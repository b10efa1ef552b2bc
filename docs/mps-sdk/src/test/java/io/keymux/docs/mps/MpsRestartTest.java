package io.keymux.docs.mps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.SimpleAesDrm;
import com.tencentcloudapi.mps.v20190612.models.TaskNotifyConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What outlives the service, and what of it can be read in its files. */
class MpsRestartTest {
  private static final String KEY = "5ec7e700010203040506070809aabbcc";
  private static final String NOTIFY_KEY = "NOTIFY-KEY-OF-THE-TEST";
  private static final String HOOK_TOKEN = "HOOK-TOKEN-OF-THE-TEST";

  @Test
  void taskAndCallback_afterARestart_goOn() throws Exception {
    AtomicBoolean open = new AtomicBoolean();
    CountDownLatch refused = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean taken = open.get();
          exchange.sendResponseHeaders(taken ? 200 : 500, -1);
          exchange.close();
          (taken ? told : refused).countDown();
        });
    receiver.start();
    try (MpsRig rig = MpsRig.start()) {
      ProcessMediaRequest request = MpsRig.request(12, simpleAes(), "kept");
      request.setSessionId("kept-session");
      TaskNotifyConfig config = new TaskNotifyConfig();
      config.setNotifyType("URL");
      config.setNotifyUrl(
          "http://127.0.0.1:" + receiver.getAddress().getPort() + "/?token=" + HOOK_TOKEN);
      config.setNotifyKey(NOTIFY_KEY);
      request.setTaskNotifyConfig(config);
      String task = rig.client().ProcessMedia(request).getTaskId();
      assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();

      rig.restart();
      open.set(true);
      MpsClient client = rig.client();

      assertThat(MpsRig.stream(MpsRig.finished(client, task)).getStatus()).isEqualTo("SUCCESS");
      assertThat(
              catchThrowableOfType(
                      TencentCloudSDKException.class, () -> client.ProcessMedia(request))
                  .getErrorCode())
          .isEqualTo("InvalidParameterValue.SessionId");
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
      rig.server.close();
      assertNoSecretIn(rig.data);
      assertNoSecretIn(rig.bucket);
    } finally {
      receiver.stop(0);
    }
  }

  private static DrmInfo simpleAes() {
    SimpleAesDrm aes = new SimpleAesDrm();
    aes.setUri("https://keys.example/kept");
    aes.setKey(KEY);
    DrmInfo drm = new DrmInfo();
    drm.setType("simpleaes");
    drm.setSimpleAesDrm(aes);
    return drm;
  }

  private static void assertNoSecretIn(Path folder) throws IOException {
    byte[] key = HexFormat.of().parseHex(KEY);
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    String text = all.toString();
    // What is not secret is found, so a secret would be.
    assertThat(text.contains("https://keys.example/kept") || text.contains("kept-session"))
        .isTrue();
    for (String secret :
        List.of(
            KEY,
            KEY.toUpperCase(Locale.ROOT),
            new String(key, ISO_8859_1),
            Base64.getEncoder().encodeToString(key),
            NOTIFY_KEY,
            HOOK_TOKEN,
            MpsRig.SECRET_KEY)) {
      assertThat(text.contains(secret)).as("a secret of %d characters", secret.length()).isFalse();
    }
  }
}
