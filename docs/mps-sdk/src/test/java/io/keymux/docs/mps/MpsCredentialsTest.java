package io.keymux.docs.mps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailResponse;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Credentials for buckets that come with a request. */
class MpsCredentialsTest {
  private static final String FILM = "in/film.mp4";
  private static final String WRONG = "canary-of-a-wrong-secret-2718";

  @RegisterExtension
  @Order(1)
  static final TestBuckets buckets = new TestBuckets();

  @BeforeAll
  static void fill() {
    buckets.put(FILM, MpsRig.film());
  }

  private static MpsRig rig() {
    return new MpsSetup().buckets(buckets, MpsSetup.ANONYMOUS).start();
  }

  private static ProcessMediaRequest request(String folder, String region, String secret) {
    return BucketRequests.s3(MpsRig.request(20, null, folder), FILM, region, secret);
  }

  /** What our code and the SDK log, to its last detail. */
  private static void log(Level level) {
    for (String name : new String[] {"io.keymux", "software.amazon"}) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(level);
    }
  }

  @Test
  void request_credentials_areUsed_andAppearNowhere() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream err = System.err;
    System.setErr(new PrintStream(printed, true, UTF_8));
    log(Level.TRACE);
    try (MpsRig rig = rig()) {
      MpsClient client = rig.client();
      String right =
          client.ProcessMedia(request("right", "eu-west-3", TestBuckets.SECRET)).getTaskId();
      String wrong = client.ProcessMedia(request("wrong", "eu-west-3", WRONG)).getTaskId();

      DescribeTaskDetailResponse detail = MpsRig.finished(client, right);
      DescribeTaskDetailResponse denied = MpsRig.finished(client, wrong);

      assertThat(MpsRig.stream(detail).getStatus())
          .as(MpsRig.stream(detail).getMessage())
          .isEqualTo("SUCCESS");
      assertThat(buckets.keys("right/")).isNotEmpty();
      assertThat(MpsRig.stream(denied).getStatus()).isEqualTo("FAIL");
      assertThat(MpsRig.stream(denied).getErrCodeExt()).isEqualTo("SourceFileError");
      assertThat(MpsRig.stream(denied).getMessage()).contains("storage-denied");
      assertThat(detail.getWorkflowTask().getInputInfo().getS3InputInfo().getS3SecretKey())
          .isNull();
      String answers =
          DescribeTaskDetailResponse.toJsonString(detail)
              + DescribeTaskDetailResponse.toJsonString(denied);
      assertThat(answers).contains("\"S3Bucket\":\"" + TestBuckets.IN + "\"");
      rig.server.close();
      String logged = printed.toString(UTF_8);
      assertThat(logged).contains("software.amazon", TestBuckets.IN);
      String rows = files(rig.data);
      assertThat(rows).contains(TestBuckets.IN);
      for (String text : new String[] {answers, logged, rows, files(rig.bucket)}) {
        for (String secret : new String[] {TestBuckets.SECRET, WRONG}) {
          assertThat(text.contains(secret) || text.contains(base64(secret))).isFalse();
        }
      }
    } finally {
      log(Level.INFO);
      System.setErr(err);
    }
  }

  private static String base64(String secret) {
    return Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
  }

  private static String files(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void request_credentialsForAnotherRegion_areRefused() throws Exception {
    try (MpsRig rig = rig()) {
      assertRefused(rig, "us-east-1");
    }
  }

  @Test
  void request_credentialsWhereNoneAreTaken_areRefused() throws Exception {
    try (MpsRig rig = MpsRig.start()) {
      assertRefused(rig, "eu-west-3");
    }
  }

  private static void assertRefused(MpsRig rig, String region) {
    TencentCloudSDKException refused =
        catchThrowableOfType(
            TencentCloudSDKException.class,
            () -> rig.client().ProcessMedia(request("refused", region, TestBuckets.SECRET)));
    assertThat(refused.getErrorCode()).isEqualTo("InvalidParameterValue.InputInfo");
    assertThat(refused.getMessage())
        .contains("storage-credentials-refused")
        .doesNotContain(TestBuckets.SECRET);
    assertThat(buckets.keys("refused/")).isEmpty();
  }
}
