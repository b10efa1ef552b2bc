package io.keymux.docs.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailResponse;
import com.tencentcloudapi.mps.v20190612.models.DescribeTasksRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTasksResponse;
import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.ManageTaskRequest;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.TaskSimpleInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked of tasks, and what is refused. */
class MpsTaskTest {
  private static @TempDir Path folder;
  private static MpsRig rig;
  private static MpsClient client;

  @BeforeAll
  static void start() throws Exception {
    rig = new MpsRig(folder, "", Map.of());
    client = rig.client();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static ProcessMediaRequest clear() {
    return MpsRig.request(20, null, "clear-" + UUID.randomUUID());
  }

  private static DescribeTaskDetailResponse detail(MpsClient asker, String id)
      throws TencentCloudSDKException {
    DescribeTaskDetailRequest question = new DescribeTaskDetailRequest();
    question.setTaskId(id);
    return asker.DescribeTaskDetail(question);
  }

  @FunctionalInterface
  private interface Call {
    void make() throws TencentCloudSDKException;
  }

  private static String refused(Call call) {
    return catchThrowableOfType(TencentCloudSDKException.class, call::make).getErrorCode();
  }

  @Test
  void detail_ofAFinishedTask_describesInputAndEchoesTheCall() throws Exception {
    ProcessMediaRequest request = clear();
    request.setSessionContext("of the caller");
    request.setSessionId("session-" + UUID.randomUUID());
    request.setTasksPriority(7L);

    DescribeTaskDetailResponse detail =
        MpsRig.finished(client, client.ProcessMedia(request).getTaskId());

    assertThat(detail.getTaskType()).isEqualTo("WorkflowTask");
    assertThat(detail.getSessionContext()).isEqualTo("of the caller");
    assertThat(detail.getSessionId()).isEqualTo(request.getSessionId());
    assertThat(detail.getTasksPriority()).isEqualTo(7);
    assertThat(detail.getCreateTime()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(detail.getFinishTime()).isGreaterThanOrEqualTo(detail.getBeginProcessTime());
    assertThat(detail.getWorkflowTask().getTaskId())
        .matches("1000000000-WorkflowTask-[0-9a-f]{32}t0");
    assertThat(detail.getWorkflowTask().getInputInfo().getCosInputInfo().getObject())
        .isEqualTo("/in/film.mp4");
    assertThat(detail.getWorkflowTask().getMetaData().getHeight()).isEqualTo(360);
    assertThat(detail.getWorkflowTask().getMetaData().getVideoStreamSet()[0].getCodec())
        .isEqualTo("h264");
  }

  @Test
  void sessionId_repeated_isRefusedForTheSameTenantOnly() throws Exception {
    ProcessMediaRequest request = clear();
    request.setSessionId("once");
    String first = client.ProcessMedia(request).getTaskId();
    request.setOutputDir("/again/");

    assertThat(refused(() -> client.ProcessMedia(request)))
        .isEqualTo("InvalidParameterValue.SessionId");
    MpsClient other = rig.client("AKIDother", new ClientProfile());
    String second = other.ProcessMedia(request).getTaskId();
    assertThat(second).isNotEqualTo(first);
    assertThat(refused(() -> detail(client, second))).isEqualTo("InvalidParameterValue.TaskId");
    MpsRig.finished(other, second);
  }

  @Test
  void refusals_reachTheClientWithTheirCodes() {
    ProcessMediaRequest nothing = new ProcessMediaRequest();
    assertThat(refused(() -> client.ProcessMedia(nothing))).isEqualTo("MissingParameter");
    assertThat(refused(() -> client.ProcessMedia(MpsRig.request(99, null, "x"))))
        .isEqualTo("InvalidParameterValue.Definition");
    ProcessMediaRequest missing = clear();
    missing.getInputInfo().getCosInputInfo().setBucket("other-125");
    assertThat(refused(() -> client.ProcessMedia(missing)))
        .isEqualTo("ResourceNotFound.CosBucketNotExist");
    assertThat(refused(() -> detail(client, "none"))).isEqualTo("InvalidParameterValue.TaskId");
    MpsClient stranger = rig.client("AKIDstranger", new ClientProfile());
    assertThat(refused(() -> stranger.ProcessMedia(clear())))
        .isEqualTo("AuthFailure.SecretIdNotFound");
  }

  @Test
  void missingInput_failsTheTask() throws Exception {
    ProcessMediaRequest request = clear();
    request.getInputInfo().getCosInputInfo().setObject("/in/gone.mp4");

    DescribeTaskDetailResponse detail =
        MpsRig.finished(client, client.ProcessMedia(request).getTaskId());

    assertThat(detail.getWorkflowTask().getErrCode()).isEqualTo(60_000);
    assertThat(
            detail
                .getWorkflowTask()
                .getMediaProcessResultSet()[0]
                .getAdaptiveDynamicStreamingTask()
                .getErrCodeExt())
        .isEqualTo("SourceFileError");
  }

  @Test
  void abort_waitingTask_neverRuns_andRunningOneIsRefused() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    HttpServer slow =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slow.setExecutor(Executors.newCachedThreadPool());
    slow.createContext(
        "/",
        exchange -> {
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    slow.start();
    try {
      DrmInfo drm = rig.speke("widevine", "slow");
      drm.getSpekeDrm()
          .setKeyServerUrl("http://127.0.0.1:" + slow.getAddress().getPort() + "/speke");
      String running = client.ProcessMedia(MpsRig.request(20, drm, "slow")).getTaskId();
      asked.await();
      String waiting = client.ProcessMedia(clear()).getTaskId();
      assertThat(detail(client, waiting).getStatus()).isEqualTo("WAITING");
      assertThat(detail(client, running).getStatus()).isEqualTo("PROCESSING");
      ManageTaskRequest abort = new ManageTaskRequest();
      abort.setOperationType("Abort");
      abort.setTaskId(running);
      assertThat(refused(() -> client.ManageTask(abort)))
          .isEqualTo("InvalidParameterValue.NotProcessingTask");

      abort.setTaskId(waiting);
      client.ManageTask(abort);

      DescribeTaskDetailResponse aborted = detail(client, waiting);
      assertThat(aborted.getStatus()).isEqualTo("FINISH");
      assertThat(
              aborted
                  .getWorkflowTask()
                  .getMediaProcessResultSet()[0]
                  .getAdaptiveDynamicStreamingTask()
                  .getErrCodeExt())
          .isEqualTo("InvalidInput.TaskAborted");
      release.countDown();
      DescribeTaskDetailResponse failed = MpsRig.finished(client, running);
      assertThat(
              failed
                  .getWorkflowTask()
                  .getMediaProcessResultSet()[0]
                  .getAdaptiveDynamicStreamingTask()
                  .getErrCodeExt())
          .isEqualTo("InvalidInput.KeyServerBadResponse");
      abort.setOperationType("Pause");
      assertThat(refused(() -> client.ManageTask(abort)))
          .isEqualTo("InvalidParameterValue.InvalidOperationType");
    } finally {
      release.countDown();
      slow.stop(0);
    }
  }

  @Test
  void list_scrolledAndFiltered_findsEachTaskOnce() throws Exception {
    MpsClient lister = rig.client("AKIDother", new ClientProfile());
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(0, lister.ProcessMedia(clear()).getTaskId());
    }
    ProcessMediaRequest broken = clear();
    broken.getInputInfo().getCosInputInfo().setObject("/in/gone.mp4");
    String failed = lister.ProcessMedia(broken).getTaskId();
    MpsRig.finished(lister, failed);
    MpsRig.finished(lister, made.get(0));

    DescribeTasksRequest question = new DescribeTasksRequest();
    question.setLimit(2L);
    question.setStatus("FINISH");
    List<String> found = new ArrayList<>();
    do {
      DescribeTasksResponse page = lister.DescribeTasks(question);
      for (TaskSimpleInfo task : page.getTaskSet()) {
        found.add(task.getTaskId());
        assertThat(task.getSubTaskTypes()).containsExactly("AdaptiveDynamicStreaming");
      }
      question.setScrollToken(page.getScrollToken());
    } while (!question.getScrollToken().isEmpty());
    assertThat(found).doesNotHaveDuplicates().contains(failed).containsAll(made);
    assertThat(found).isSortedAccordingTo(Comparator.reverseOrder());

    DescribeTasksRequest failures = new DescribeTasksRequest();
    failures.setSubTaskHasFailed(true);
    assertThat(lister.DescribeTasks(failures).getTaskSet())
        .extracting(TaskSimpleInfo::getTaskId)
        .containsExactly(failed);
    failures.setEndTime("2020-01-01T00:00:00Z");
    assertThat(lister.DescribeTasks(failures).getTaskSet()).isEmpty();
  }
}
