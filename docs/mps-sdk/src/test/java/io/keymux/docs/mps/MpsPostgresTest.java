package io.keymux.docs.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.DeleteAdaptiveDynamicStreamingTemplateRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeAdaptiveDynamicStreamingTemplatesRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailResponse;
import com.tencentcloudapi.mps.v20190612.models.DescribeTasksRequest;
import com.tencentcloudapi.mps.v20190612.models.ModifyAdaptiveDynamicStreamingTemplateRequest;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.TaskNotifyConfig;
import com.tencentcloudapi.mps.v20190612.models.TaskSimpleInfo;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tasks, session ids, templates and callbacks in PostgreSQL, which nodes of a cluster share. */
class MpsPostgresTest {
  @RegisterExtension
  @Order(1)
  static final CallbackReceiver receiver = new CallbackReceiver();

  private static EmbeddedPostgres postgres;
  private static MpsRig rig;
  private static MpsClient client;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    rig =
        new MpsSetup()
            .section(
                "database: {url: '%s', user: postgres, connections: 8}\n"
                    .formatted(
                        postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "")))
            .start();
    client = rig.client();
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
    postgres.close();
  }

  private static int rows(String table) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from " + table)) {
      count.next();
      return count.getInt(1);
    }
  }

  @Test
  void task_sessionAndCallback_areKeptAndTold() throws Exception {
    ProcessMediaRequest request =
        MpsRig.request(20, rig.speke("widevine+playready", "kept"), "kept");
    request.setSessionId("session-1");
    TaskNotifyConfig config = new TaskNotifyConfig();
    config.setNotifyType("URL");
    config.setNotifyMode("Change");
    config.setNotifyUrl(receiver.url());
    request.setTaskNotifyConfig(config);
    receiver.refuse(1);

    String task = client.ProcessMedia(request).getTaskId();

    assertThat(rows("mps_tasks where id = '" + task + "'")).isEqualTo(1);
    assertThat(rows("mps_sessions where session_id = 'session-1'")).isEqualTo(1);
    DescribeTaskDetailResponse detail = MpsRig.finished(client, task);
    assertThat(MpsRig.stream(detail).getStatus())
        .as(MpsRig.stream(detail).getMessage())
        .isEqualTo("SUCCESS");
    assertThat(detail.getWorkflowTask().getMetaData().getHeight()).isEqualTo(360);
    assertThat(
            catchThrowableOfType(TencentCloudSDKException.class, () -> client.ProcessMedia(request))
                .getErrorCode())
        .isEqualTo("InvalidParameterValue.SessionId");
    String told = receiver.next().body();
    while (!told.contains("\"SUCCESS\"")) {
      told = receiver.next().body();
    }
    assertThat(told).contains(task);
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (rows("mps_callbacks") > 0) {
      assertThat(Instant.now()).as("callbacks that are left").isBefore(end);
      Thread.sleep(50);
    }
    DescribeTasksRequest question = new DescribeTasksRequest();
    question.setStatus("FINISH");
    assertThat(client.DescribeTasks(question).getTaskSet())
        .extracting(TaskSimpleInfo::getTaskId)
        .containsExactly(task);
  }

  @Test
  void templates_areNumberedChangedAndForgotten() throws Exception {
    long first = MpsRig.template(client, "HLS", "mp4-segment");
    long second = MpsRig.template(client, "MPEG-DASH", "mp4-byterange");
    assertThat(second).isGreaterThan(first).isGreaterThan(100_000);
    ModifyAdaptiveDynamicStreamingTemplateRequest change =
        new ModifyAdaptiveDynamicStreamingTemplateRequest();
    change.setDefinition(first);
    change.setName("ü'; drop table mps_templates; --");
    client.ModifyAdaptiveDynamicStreamingTemplate(change);
    DeleteAdaptiveDynamicStreamingTemplateRequest deletion =
        new DeleteAdaptiveDynamicStreamingTemplateRequest();
    deletion.setDefinition(second);
    client.DeleteAdaptiveDynamicStreamingTemplate(deletion);

    DescribeAdaptiveDynamicStreamingTemplatesRequest question =
        new DescribeAdaptiveDynamicStreamingTemplatesRequest();
    question.setType("Custom");
    var found = client.DescribeAdaptiveDynamicStreamingTemplates(question);

    assertThat(found.getTotalCount()).isEqualTo(1);
    assertThat(found.getAdaptiveDynamicStreamingTemplateSet()[0].getName())
        .isEqualTo(change.getName());
    assertThat(rows("mps_templates")).isEqualTo(1);
  }
}
