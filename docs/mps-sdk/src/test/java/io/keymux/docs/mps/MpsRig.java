package io.keymux.docs.mps;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.AdaptiveDynamicStreamingTaskInput;
import com.tencentcloudapi.mps.v20190612.models.AdaptiveStreamTemplate;
import com.tencentcloudapi.mps.v20190612.models.CreateAdaptiveDynamicStreamingTemplateRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailResponse;
import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.MediaProcessTaskAdaptiveDynamicStreamingResult;
import com.tencentcloudapi.mps.v20190612.models.MediaProcessTaskInput;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.SpekeDrm;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.KeyExchangeSettings;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.SecuritySettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import io.keymux.packager.output.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A service with a bucket on disk, and Tencent's client with nothing changed but its endpoint. It
 * runs from when it is made to the end of the class or of the block that has it.
 */
final class MpsRig implements AfterAllCallback, AutoCloseable {
  static final String SECRET_ID = "AKIDkeymux";
  static final String SECRET_KEY = "a secret that no log may show";
  static final String BUCKET = "media-1250000000";
  static final String REGION = "ap-guangzhou";

  private static final Path VECTORS =
      Path.of(System.getProperty("keymux.root", "../..")).resolve("test-vectors/vectors");
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
  final Path config;
  final Path data;

  /** What the configuration refers to. */
  final Map<String, String> environment;

  private final Path folder;
  private final ServiceSettings settings;
  private final HttpClient http = HttpClient.newHttpClient();

  static MpsRig start() {
    return new MpsSetup().start();
  }

  MpsRig(MpsSetup setup) throws IOException {
    folder = Files.createTempDirectory("keymux-mps-");
    bucket = Files.createDirectory(folder.resolve("bucket"));
    Files.createDirectory(bucket.resolve("in"));
    Files.copy(film(), bucket.resolve("in/film.mp4"));
    Files.copy(filmWithSound(), bucket.resolve("in/both.mp4"));
    config = folder.resolve("keymux.yaml");
    Files.writeString(
        config,
        """
        mps:
          credentials:
            - {secretId: %s, secretKey: "${env:MPS_SECRET}", tenant: acme}
            - {secretId: AKIDother, secretKey: "${env:MPS_SECRET}", tenant: other}
          buckets:
            - {bucket: %s, url: "%s"}
        %s%s%s"""
            .formatted(
                SECRET_ID, BUCKET, bucket.toUri(), setup.buckets(), setup.mps(), setup.sections()));
    Map<String, String> all = new HashMap<>(setup.environment());
    all.put("MPS_SECRET", SECRET_KEY);
    environment = Map.copyOf(all);
    ConfigFile file = ConfigFile.read(config);
    settings =
        new ServiceSettings(
            "127.0.0.1",
            0,
            List.of(bucket),
            QUEUE,
            file.databaseSettings(environment),
            KeyServerSettings.DEFAULT,
            KeyExchangeSettings.DEFAULT,
            null,
            SecuritySettings.DEFAULT,
            file.storageSettings(environment),
            file.mpsSettings(environment),
            file.webhookSettings());
    data = folder.resolve("data");
    server = KeymuxService.start(settings, DataDirectory.open(data));
  }

  /** Video alone, of 640x360 and ten seconds. */
  static Path film() {
    return VECTORS.resolve("sample-ladder/video-360p.mp4");
  }

  /** Video and audio in one file. */
  static Path filmWithSound() {
    return VECTORS.resolve("corpus/base/av.mp4");
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
    AdaptiveDynamicStreamingTaskInput stream = new AdaptiveDynamicStreamingTaskInput();
    stream.setDefinition(definition);
    if (drm != null) {
      stream.setDrmInfo(drm);
    }
    MediaProcessTaskInput task = new MediaProcessTaskInput();
    task.setAdaptiveDynamicStreamingTaskSet(new AdaptiveDynamicStreamingTaskInput[] {stream});
    ProcessMediaRequest request = new ProcessMediaRequest();
    request.setInputInfo(BucketRequests.cosInput(BUCKET, "in/film.mp4"));
    request.setOutputDir("/" + folder + "/");
    request.setMediaProcessTask(task);
    return request;
  }

  /** The number of a new template. */
  static long template(MpsClient client, String format, String segmentType)
      throws TencentCloudSDKException {
    CreateAdaptiveDynamicStreamingTemplateRequest template =
        new CreateAdaptiveDynamicStreamingTemplateRequest();
    template.setFormat(format);
    template.setSegmentType(segmentType);
    template.setStreamInfos(new AdaptiveStreamTemplate[] {new AdaptiveStreamTemplate()});
    return client.CreateAdaptiveDynamicStreamingTemplate(template).getDefinition();
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

  /** The same with a scheme, or null for the usual one, and a preset of keys. */
  DrmInfo speke(String type, String resource, @Nullable String method, String preset)
      throws IOException, InterruptedException {
    DrmInfo drm = speke(type, resource);
    drm.getSpekeDrm().setEncryptionMethod(method);
    drm.getSpekeDrm().setEncryptionPreset(preset);
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

  /** Runs a task of one stream to its end. */
  static MediaProcessTaskAdaptiveDynamicStreamingResult run(
      MpsClient client, ProcessMediaRequest request)
      throws TencentCloudSDKException, InterruptedException {
    return stream(finished(client, client.ProcessMedia(request).getTaskId()));
  }

  /** Runs a task of one stream to its end; it must succeed. */
  static MediaProcessTaskAdaptiveDynamicStreamingResult succeed(
      MpsClient client, ProcessMediaRequest request)
      throws TencentCloudSDKException, InterruptedException {
    MediaProcessTaskAdaptiveDynamicStreamingResult result = run(client, request);
    assertThat(result.getStatus()).as(result.getMessage()).isEqualTo("SUCCESS");
    return result;
  }

  /** The first stream of a task. */
  static MediaProcessTaskAdaptiveDynamicStreamingResult stream(DescribeTaskDetailResponse detail) {
    return detail.getWorkflowTask().getMediaProcessResultSet()[0].getAdaptiveDynamicStreamingTask();
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
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    server.close();
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
