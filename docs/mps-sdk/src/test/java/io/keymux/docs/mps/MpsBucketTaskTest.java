package io.keymux.docs.mps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.AwsSQS;
import com.tencentcloudapi.mps.v20190612.models.DescribeTasksRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTasksResponse;
import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.ManageTaskRequest;
import com.tencentcloudapi.mps.v20190612.models.MediaProcessTaskAdaptiveDynamicStreamingResult;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.TaskNotifyConfig;
import com.tencentcloudapi.mps.v20190612.models.TaskSimpleInfo;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What becomes of tasks whose media is in buckets: names, callbacks, and an end before its time.
 */
class MpsBucketTaskTest {
  private static final String FILM = "in/both 100%.mp4";

  @RegisterExtension
  @Order(1)
  static final TestBuckets buckets = new TestBuckets();

  @RegisterExtension
  @Order(2)
  static final CallbackReceiver receiver = new CallbackReceiver();

  @RegisterExtension
  @Order(3)
  static final Sqs sqs = new Sqs("finished");

  @RegisterExtension
  @Order(4)
  static final MpsRig rig =
      new MpsSetup()
          .buckets(buckets, MpsSetup.STATIC)
          .mps("sqsEndpoint: " + sqs.endpoint())
          .start();

  private static final MpsClient client = rig.client();

  @BeforeAll
  static void fill() {
    buckets.put(FILM, MpsRig.filmWithSound());
  }

  @Test
  void names_ofTheCall_areThoseOfTheObjects_andASecondTaskReplacesThem() throws Exception {
    ProcessMediaRequest request =
        BucketRequests.cos(
            MpsRig.request(MpsRig.template(client, "HLS", "mp4-segment"), null, "names"), FILM);
    var stream = request.getMediaProcessTask().getAdaptiveDynamicStreamingTaskSet()[0];
    stream.setOutputObjectPath("{inputFormat}/{inputName}-{my}.{format}");
    stream.setSubStreamObjectName("t{subStreamNumber}/all.{format}");
    stream.setSegmentObjectName("t{subStreamNumber}/{streamId}{segmentNumber}.{format}");

    String path = MpsRig.succeed(client, request).getOutput().getPath();

    assertThat(path).isEqualTo("/names/mp4/both_100_-{my}.m3u8");
    List<String> keys = buckets.keys("names/");
    assertThat(keys)
        .contains(
            "names/mp4/both_100_-{my}.m3u8",
            "names/mp4/both_100_-{my}.keymux-report.json",
            "names/mp4/t0/all.m3u8",
            "names/mp4/t0/all.mp4",
            "names/mp4/t0/{streamId}1.m4s",
            "names/mp4/t1/{streamId}1.m4s")
        .allMatch(key -> key.startsWith("names/mp4/"));
    VerifyRun.passed(rig, path, MpsRig.filmWithSound());
    assertThat(MpsRig.succeed(client, request).getOutput().getPath()).isEqualTo(path);
    assertThat(buckets.keys("names/")).isEqualTo(keys);
  }

  @Test
  void missingInput_orMissingOutputBucket_failsTheTask() throws Exception {
    MediaProcessTaskAdaptiveDynamicStreamingResult missing =
        MpsRig.run(client, BucketRequests.cos(MpsRig.request(20, null, "missing"), "in/none.mp4"));
    assertThat(missing.getErrCodeExt()).isEqualTo("SourceFileError");
    assertThat(missing.getMessage()).contains("storage-object-missing");

    ProcessMediaRequest request = BucketRequests.cos(MpsRig.request(20, null, "missing"), FILM);
    request.getOutputStorage().getCosOutputStorage().setBucket(BucketRequests.COS_NOWHERE);
    MediaProcessTaskAdaptiveDynamicStreamingResult nowhere = MpsRig.run(client, request);
    assertThat(nowhere.getErrCodeExt()).isEqualTo("InternalError");
    assertThat(nowhere.getMessage()).contains("storage-bucket-missing");
    assertThat(buckets.keys("missing/")).isEmpty();
  }

  @Test
  void callbacks_byHttpAndBySqs_tellWhereTheOutputIs() throws Exception {
    TaskNotifyConfig http = new TaskNotifyConfig();
    http.setNotifyType("URL");
    http.setNotifyUrl(receiver.url());
    ProcessMediaRequest request =
        BucketRequests.s3(
            MpsRig.request(20, null, "by-http"),
            FILM,
            BucketRequests.S3_REGION,
            TestBuckets.SECRET);
    request.setTaskNotifyConfig(http);
    client.ProcessMedia(request);
    assertTold(receiver.next().body(), "by-http");

    AwsSQS queue = new AwsSQS();
    queue.setSQSRegion("eu-west-3");
    queue.setSQSQueueName("finished");
    queue.setS3SecretId("AKIA1");
    queue.setS3SecretKey("SECRET");
    TaskNotifyConfig bySqs = new TaskNotifyConfig();
    bySqs.setNotifyType("AWS-SQS");
    bySqs.setAwsSQS(queue);
    request.setOutputDir("/by-sqs/");
    request.setTaskNotifyConfig(bySqs);
    client.ProcessMedia(request);
    assertTold(sqs.receive("finished"), "by-sqs");
  }

  private static void assertTold(String message, String folder) {
    JsonObject output =
        new Gson()
            .fromJson(message, JsonObject.class)
            .getAsJsonObject("WorkflowTaskEvent")
            .getAsJsonArray("MediaProcessResultSet")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("AdaptiveDynamicStreamingTask")
            .getAsJsonObject("Output");
    String path = output.get("Path").getAsString();
    assertThat(path).startsWith("/" + folder + "/");
    assertThat(new String(buckets.get(path.substring(1)), UTF_8)).contains("<MPD");
    assertThat(message).doesNotContain(TestBuckets.SECRET);
  }

  @Test
  void abort_waitingTask_leavesNothingInTheBucket_andBothAreListed() throws Exception {
    try (SlowKeyServer slow = new SlowKeyServer()) {
      DrmInfo drm = rig.speke("widevine", "slow");
      drm.getSpekeDrm().setKeyServerUrl(slow.url());
      String running =
          client.ProcessMedia(BucketRequests.cos(MpsRig.request(20, drm, "slow"), FILM))
              .getTaskId();
      slow.awaitAsked();
      String waiting =
          client.ProcessMedia(BucketRequests.cos(MpsRig.request(20, null, "aborted"), FILM))
              .getTaskId();
      ManageTaskRequest abort = new ManageTaskRequest();
      abort.setOperationType("Abort");
      abort.setTaskId(waiting);
      client.ManageTask(abort);
      slow.release();

      assertThat(MpsRig.stream(MpsRig.finished(client, running)).getErrCodeExt())
          .isEqualTo("InvalidInput.KeyServerBadResponse");
      assertThat(MpsRig.stream(MpsRig.finished(client, waiting)).getErrCodeExt())
          .isEqualTo("InvalidInput.TaskAborted");
      assertThat(buckets.keys("aborted/")).isEmpty();
      assertThat(buckets.keys("slow/")).isEmpty();
      DescribeTasksRequest question = new DescribeTasksRequest();
      question.setSubTaskHasFailed(true);
      DescribeTasksResponse failed = client.DescribeTasks(question);
      assertThat(failed.getTaskSet())
          .extracting(TaskSimpleInfo::getTaskId)
          .containsExactly(waiting, running);
    }
  }
}
