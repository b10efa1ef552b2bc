package io.keymux.docs.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTaskDetailResponse;
import com.tencentcloudapi.mps.v20190612.models.DescribeTasksRequest;
import com.tencentcloudapi.mps.v20190612.models.DescribeTasksResponse;
import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.ManageTaskRequest;
import com.tencentcloudapi.mps.v20190612.models.MediaMetaData;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.TaskSimpleInfo;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be asked of tasks, and what is refused. */
class MpsTaskTest {
  @RegisterExtension static final MpsRig rig = MpsRig.start();
  private static final MpsClient client = rig.client();

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
    MediaMetaData input = detail.getWorkflowTask().getMetaData();
    assertThat(input.getHeight()).isEqualTo(360);
    assertThat(input.getSize()).isEqualTo(Files.size(MpsRig.film()));
    assertThat(input.getContainer()).contains("mp4");
    assertThat(input.getRotate()).isZero();
    assertThat(input.getVideoStreamSet()[0].getCodec()).isEqualTo("h264");
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
    assertThat(MpsRig.stream(detail).getErrCodeExt()).isEqualTo("SourceFileError");
  }

  @Test
  void abort_waitingTask_neverRuns_andRunningOneIsRefused() throws Exception {
    try (SlowKeyServer slow = new SlowKeyServer()) {
      DrmInfo drm = rig.speke("widevine", "slow");
      drm.getSpekeDrm().setKeyServerUrl(slow.url());
      String running = client.ProcessMedia(MpsRig.request(20, drm, "slow")).getTaskId();
      slow.awaitAsked();
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
      assertThat(MpsRig.stream(aborted).getErrCodeExt()).isEqualTo("InvalidInput.TaskAborted");
      slow.release();
      DescribeTaskDetailResponse failed = MpsRig.finished(client, running);
      assertThat(MpsRig.stream(failed).getErrCodeExt())
          .isEqualTo("InvalidInput.KeyServerBadResponse");
      abort.setOperationType("Pause");
      assertThat(refused(() -> client.ManageTask(abort)))
          .isEqualTo("InvalidParameterValue.InvalidOperationType");
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
