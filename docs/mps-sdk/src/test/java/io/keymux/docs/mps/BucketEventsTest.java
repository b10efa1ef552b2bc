package io.keymux.docs.mps;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailResponse;
import com.tencentcloudapi.mps.v20190612.models.DescribeTasksRequest;
import com.tencentcloudapi.mps.v20190612.models.TaskSimpleInfo;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Objects that come into a bucket start tasks, once each. */
class BucketEventsTest {
  private static final String QUEUE = "uploads";

  @RegisterExtension
  @Order(1)
  static final Sqs sqs = new Sqs(QUEUE);

  @RegisterExtension
  @Order(2)
  static final MpsRig rig =
      new MpsSetup()
          .mps(
              """
              sqsEndpoint: %s
              bucketEvents:
                - queue: %s
                  region: eu-west-3
                  accessKeyId: AKIA1
                  secretAccessKey: "${env:S3_SECRET}"
                  tenant: acme
                  suffix: .mp4
                  processMedia:
                    OutputDir: /events/
                    MediaProcessTask:
                      AdaptiveDynamicStreamingTaskSet:
                        - Definition: 20
                          OutputObjectPath: "{inputName}.{format}"
                          DrmInfo:
                            Type: widevine
                            SpekeDrm: {ResourceId: "{assetId}", KeyServerUrl: "${env:KEY_SERVER}"}
              """
                  .formatted(sqs.endpoint(), QUEUE))
          .environment("S3_SECRET", "S3-SECRET")
          .environment("KEY_SERVER", "http://127.0.0.1:1/speke")
          .start();

  private static final MpsClient client = rig.client();

  private static String event(String name, String key, String sequencer) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-3","eventName":"%s",
         "s3":{"bucket":{"name":"%s"},"object":{"key":"%s","size":1,"eTag":"e","sequencer":"%s"}}}]}"""
        .formatted(name, MpsRig.BUCKET, key, sequencer);
  }

  private static TaskSimpleInfo[] tasks() throws Exception {
    return client.DescribeTasks(new DescribeTasksRequest()).getTaskSet();
  }

  private static void awaitTasks(int count) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (tasks().length < count) {
      assertThat(Instant.now()).as("tasks: " + tasks().length).isBefore(end);
      Thread.sleep(100);
    }
  }

  @Test
  void events_createdObjects_startOneTaskEach() throws Exception {
    Files.copy(rig.bucket.resolve("in/film.mp4"), rig.bucket.resolve("in/a film.mp4"));
    sqs.send(QUEUE, event("ObjectCreated:Put", "in/a+film.mp4", "1"));
    sqs.send(QUEUE, event("ObjectCreated:Put", "in/a+film.mp4", "1"));
    sqs.send(QUEUE, event("ObjectRemoved:Delete", "in/film.mp4", "2"));
    sqs.send(QUEUE, event("ObjectCreated:Put", "in/film.txt", "3"));
    sqs.send(QUEUE, "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}");
    awaitTasks(1);
    sqs.awaitEmpty(QUEUE);
    assertThat(tasks()).hasSize(1);
    DescribeTaskDetailResponse detail = MpsRig.finished(client, tasks()[0].getTaskId());
    assertThat(detail.getSessionId()).startsWith("s3-");
    var stream = MpsRig.stream(detail);
    // No key server is there, so the task fails: it was asked with what the configuration says.
    assertThat(stream.getErrCodeExt()).isEqualTo("InvalidInput.KeyServerUnreachable");
    assertThat(stream.getInput().getDrmInfo().getSpekeDrm().getResourceId()).isEqualTo("in_a_film");

    sqs.send(QUEUE, "not an event");
    sqs.send(QUEUE, event("ObjectCreated:CompleteMultipartUpload", "in/film.mp4", "4"));
    awaitTasks(2);
    // A message goes after its task was made; one that is no event stays.
    sqs.awaitLeft(QUEUE, 1);
  }
}
