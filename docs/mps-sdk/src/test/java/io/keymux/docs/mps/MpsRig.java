package io.keymux.docs.mps;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.AdaptiveDynamicStreamingTaskInput;
import com.tencentcloudapi.mps.v20190612.models.CosInputInfo;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailResponse;
import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.MediaInputInfo;
import com.tencentcloudapi.mps.v20190612.models.MediaProcessTaskInput;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.SpekeDrm;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service with a bucket on disk, and Tencent's client with nothing changed but its endpoint. */
final class MpsRig implements AutoCloseable {
  static final String SECRET_ID = "AKIDkeymux";
  static final String SECRET_KEY = "a secret that no log may show";
  static final String BUCKET = "media-1250000000";
  static final String REGION = "ap-guangzhou";

  private static final Path ROOT = Path.of(System.getProperty("keymux.root", "../.."));
  private static final Path LADDER = ROOT.resolve("test-vectors/vectors/sample-ladder");
  private static final String INGEST = "/frontend/cpix/v1/acme/ingest/main";

  /** A failure that may pass is tried once more, soon. */
  private static final QueueSettings QUEUE =
      new QueueSettings(
          1,
          2,
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          Map.of());

  ApiServer server;
  final Path bucket;
  final Path data;
  private final ServiceSettings settings;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param more lines of the section mps
   * @param environment what they refer to
   */
  MpsRig(Path folder, String more, Map<String, String> environment) throws IOException {
    bucket = Files.createDirectory(folder.resolve("bucket"));
    Files.createDirectory(bucket.resolve("in"));
    Files.copy(LADDER.resolve("video-360p.mp4"), bucket.resolve("in/film.mp4"));
    Path config = folder.resolve("keymux.yaml");
    Files.writeString(
        config,
        """
        mps:
          credentials:
            - {secretId: %s, secretKey: "${env:MPS_SECRET}", tenant: acme}
            - {secretId: AKIDother, secretKey: "${env:MPS_SECRET}", tenant: other}
          buckets:
            - {bucket: %s, url: "%s"}
        %s"""
            .formatted(SECRET_ID, BUCKET, bucket.toUri(), more.indent(2)));
    Map<String, String> all = new HashMap<>(environment);
    all.put("MPS_SECRET", SECRET_KEY);
    settings =
        new ServiceSettings("127.0.0.1", 0, List.of(bucket), QUEUE)
            .with(ConfigFile.read(config).mpsSettings(all));
    data = folder.resolve("data");
    server = KeymuxService.start(settings, DataDirectory.open(data));
  }

  /** Stops the service and starts another with its data, at another port. */
  void restart() {
    server.close();
    server = KeymuxService.start(settings, DataDirectory.open(data));
  }

  /** Tencent's client; its profile may be changed further. */
  MpsClient client(String secretId, ClientProfile profile) {
    HttpProfile where = new HttpProfile();
    where.setProtocol(HttpProfile.REQ_HTTP);
    where.setEndpoint("127.0.0.1:" + server.uri().getPort());
    where.setReqMethod(profile.getHttpProfile().getReqMethod());
    profile.setHttpProfile(where);
    return new MpsClient(new Credential(secretId, SECRET_KEY), REGION, profile);
  }

  MpsClient client() {
    return client(SECRET_ID, new ClientProfile());
  }

  /** One task of adaptive streaming of the film, into a folder of its own. */
  static ProcessMediaRequest request(long definition, @Nullable DrmInfo drm, String folder) {
    CosInputInfo cos = new CosInputInfo();
    cos.setBucket(BUCKET);
    cos.setRegion(REGION);
    cos.setObject("/in/film.mp4");
    MediaInputInfo input = new MediaInputInfo();
    input.setType("COS");
    input.setCosInputInfo(cos);
    AdaptiveDynamicStreamingTaskInput stream = new AdaptiveDynamicStreamingTaskInput();
    stream.setDefinition(definition);
    if (drm != null) {
      stream.setDrmInfo(drm);
    }
    MediaProcessTaskInput task = new MediaProcessTaskInput();
    task.setAdaptiveDynamicStreamingTaskSet(new AdaptiveDynamicStreamingTaskInput[] {stream});
    ProcessMediaRequest request = new ProcessMediaRequest();
    request.setInputInfo(input);
    request.setOutputDir("/" + folder + "/");
    request.setMediaProcessTask(task);
    return request;
  }

  /**
   * DRM with keys of a DRMtoday-shaped server, whose URL has a ticket that is good for one call.
   */
  DrmInfo speke(String type, String resource) throws IOException, InterruptedException {
    SpekeDrm speke = new SpekeDrm();
    speke.setResourceId(resource);
    speke.setKeyServerUrl(server.uri().resolve(INGEST) + "?ticket=" + ticket());
    DrmInfo drm = new DrmInfo();
    drm.setType(type);
    drm.setSpekeDrm(speke);
    return drm;
  }

  private String ticket() throws IOException, InterruptedException {
    HttpResponse<String> login =
        form(server.uri().resolve("/cas/v1/tickets"), "username=acme&password=any");
    URI granting = URI.create(login.headers().firstValue("Location").orElseThrow());
    String service = server.uri().resolve(INGEST).toString();
    return form(granting, "service=" + URLEncoder.encode(service, StandardCharsets.UTF_8)).body();
  }

  private HttpResponse<String> form(URI uri, String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks until the task is over. */
  static DescribeTaskDetailResponse finished(MpsClient client, String taskId)
      throws TencentCloudSDKException, InterruptedException {
    DescribeTaskDetailRequest question = new DescribeTaskDetailRequest();
    question.setTaskId(taskId);
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    while (true) {
      DescribeTaskDetailResponse detail = client.DescribeTaskDetail(question);
      if (detail.getStatus().equals("FINISH")) {
        return detail;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("task " + taskId + " is still " + detail.getStatus());
      }
      Thread.sleep(50);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
