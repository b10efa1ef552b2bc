package io.keymux.docs.mps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.AwsSQS;
import com.tencentcloudapi.mps.v20190612.models.ParseNotificationRequest;
import com.tencentcloudapi.mps.v20190612.models.ParseNotificationResponse;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.TaskNotifyConfig;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callbacks by HTTP and by SQS, as a receiver gets them. */
class MpsCallbackTest {
  private static final String KEY = "k3y";

  @RegisterExtension
  @Order(1)
  static final CallbackReceiver receiver = new CallbackReceiver();

  @RegisterExtension
  @Order(2)
  static final Sqs sqs = new Sqs("finished");

  @RegisterExtension
  @Order(3)
  static final MpsRig rig = new MpsSetup().mps("sqsEndpoint: " + sqs.endpoint()).start();

  private static final MpsClient client = rig.client();

  private static ProcessMediaRequest request(String mode, String name) {
    TaskNotifyConfig config = new TaskNotifyConfig();
    config.setNotifyType("URL");
    config.setNotifyMode(mode);
    config.setNotifyUrl(receiver.url() + "?token=SECRET");
    config.setNotifyKey(KEY);
    ProcessMediaRequest request = MpsRig.request(20, null, name);
    request.setSessionContext(name);
    request.setTaskNotifyConfig(config);
    return request;
  }

  @Test
  void http_finish_isSignedAndParsed() throws Exception {
    String task = client.ProcessMedia(request("Finish", "by-http")).getTaskId();

    CallbackReceiver.Received message = receiver.next();

    JsonObject body = new Gson().fromJson(message.body(), JsonObject.class);
    long timestamp = body.get("Timestamp").getAsLong();
    byte[] md5 = MessageDigest.getInstance("MD5").digest((timestamp + KEY).getBytes(UTF_8));
    assertThat(body.get("Sign").getAsString()).isEqualTo(HexFormat.of().formatHex(md5));
    assertThat(timestamp - Long.parseLong(message.headers().get("time"))).isEqualTo(600);
    assertThat(message.headers().get("signature")).isEqualTo("v1," + mac(message));
    assertThat(message.body()).doesNotContain("SECRET");

    ParseNotificationRequest parse = new ParseNotificationRequest();
    parse.setContent(message.body());
    ParseNotificationResponse parsed = client.ParseNotification(parse);
    assertThat(parsed.getEventType()).isEqualTo("WorkflowTask");
    assertThat(parsed.getSessionContext()).isEqualTo("by-http");
    assertThat(parsed.getWorkflowTaskEvent().getTaskId()).isEqualTo(task);
    assertThat(parsed.getWorkflowTaskEvent().getStatus()).isEqualTo("FINISH");
    assertThat(
            parsed
                .getWorkflowTaskEvent()
                .getMediaProcessResultSet()[0]
                .getAdaptiveDynamicStreamingTask()
                .getStatus())
        .isEqualTo("SUCCESS");
  }

  private static String mac(CallbackReceiver.Received message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
    String text =
        message.headers().get("id") + "." + message.headers().get("time") + "." + message.body();
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
  }

  @Test
  void http_receiverBusy_isTriedAgain() throws Exception {
    receiver.refuse(1);
    client.ProcessMedia(request("Finish", "again"));

    assertThat(receiver.next().body()).contains("\"SessionContext\":\"again\"");
  }

  @Test
  void sqs_finish_isInTheQueue() throws Exception {
    AwsSQS queue = new AwsSQS();
    queue.setSQSRegion("eu-west-3");
    queue.setSQSQueueName("finished");
    queue.setS3SecretId("AKIA1");
    queue.setS3SecretKey("SECRET");
    TaskNotifyConfig config = new TaskNotifyConfig();
    config.setNotifyType("AWS-SQS");
    config.setAwsSQS(queue);
    ProcessMediaRequest request = MpsRig.request(20, null, "by-sqs");
    request.setTaskNotifyConfig(config);

    String task = client.ProcessMedia(request).getTaskId();

    String body = sqs.receive("finished");
    assertThat(body).contains(task, "\"EventType\":\"WorkflowTask\"").doesNotContain("SECRET");
    TaskNotifyConfig shown = MpsRig.finished(client, task).getTaskNotifyConfig();
    assertThat(shown.getAwsSQS().getSQSQueueName()).isEqualTo("finished");
    assertThat(shown.getAwsSQS().getS3SecretKey()).isNull();
  }
}
