package io.keymux.docs.mps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.AwsSQS;
import com.tencentcloudapi.mps.v20190612.models.ParseNotificationRequest;
import com.tencentcloudapi.mps.v20190612.models.ParseNotificationResponse;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.TaskNotifyConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks by HTTP and by SQS, as a receiver gets them. */
class MpsCallbackTest {
  private static final String KEY = "k3y";

  /** One request that the receiver got. */
  private record Received(String body, Map<String, String> headers) {}

  private static @TempDir Path folder;
  private static final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private static final AtomicInteger refusals = new AtomicInteger();
  private static HttpServer receiver;
  private static SQSRestServer queues;
  private static Sqs sqs;
  private static MpsRig rig;
  private static MpsClient client;

  @BeforeAll
  static void start() throws Exception {
    queues = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    sqs = new Sqs(queues.waitUntilStarted().localAddress().getPort());
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          exchange.sendResponseHeaders(refused ? 503 : 200, -1);
          exchange.close();
          if (!refused) {
            received.add(
                new Received(
                    body,
                    Map.of(
                        "id", exchange.getRequestHeaders().getFirst("Webhook-Id"),
                        "time", exchange.getRequestHeaders().getFirst("Webhook-Timestamp"),
                        "signature", exchange.getRequestHeaders().getFirst("Webhook-Signature"))));
          }
        });
    receiver.start();
    rig = new MpsRig(folder, "sqsEndpoint: " + sqs.endpoint(), Map.of());
    client = rig.client();
  }

  @AfterAll
  static void stop() {
    rig.close();
    receiver.stop(0);
    queues.stopAndWait();
  }

  private static ProcessMediaRequest request(String mode, String name) {
    TaskNotifyConfig config = new TaskNotifyConfig();
    config.setNotifyType("URL");
    config.setNotifyMode(mode);
    config.setNotifyUrl(
        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?token=SECRET");
    config.setNotifyKey(KEY);
    ProcessMediaRequest request = MpsRig.request(20, null, name);
    request.setSessionContext(name);
    request.setTaskNotifyConfig(config);
    return request;
  }

  private static Received next() throws InterruptedException {
    Received message = received.poll(30, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  @Test
  void http_finish_isSignedAndParsed() throws Exception {
    String task = client.ProcessMedia(request("Finish", "by-http")).getTaskId();

    Received message = next();

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

  private static String mac(Received message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
    String text =
        message.headers().get("id") + "." + message.headers().get("time") + "." + message.body();
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
  }

  @Test
  void http_receiverBusy_isTriedAgain() throws Exception {
    refusals.set(1);
    client.ProcessMedia(request("Finish", "again"));

    assertThat(next().body()).contains("\"SessionContext\":\"again\"");
  }

  @Test
  void sqs_finish_isInTheQueue() throws Exception {
    sqs.create("finished");
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
