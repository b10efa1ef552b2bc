package io.keymux.api.mps.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.job.JobSpec;
import io.keymux.api.job.OutputWishes;
import io.keymux.api.mps.ProcessMediaSample;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.packager.job.OutputNames;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a task's files go, and how they are called. */
class StreamFilesTest {
  @RegisterExtension static final TranslationRig rig = new TranslationRig();

  private static ProcessMediaSample sample(@Nullable String folder, @Nullable String manifest) {
    ProcessMediaSample sample = ProcessMediaSample.clear(20);
    if (folder != null) {
      sample.root().put("OutputDir", folder);
    }
    if (manifest != null) {
      sample.stream().put("OutputObjectPath", manifest);
    }
    return sample;
  }

  private static JobSpec.Output output(StreamPlan plan) {
    return Objects.requireNonNull(plan.order().spec().output());
  }

  /** As the job makes them. */
  private static OutputNames names(StreamPlan plan) {
    return Objects.requireNonNull(OutputWishes.names(plan.order().spec(), "job-1"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, /in/my_film_adaptiveDynamicStreaming_20.mpd, /in/",
        "/out/, -, /out/my_film_adaptiveDynamicStreaming_20.mpd, /out/",
        "/o ut/, a.{format}, /o ut/a.mpd, /o%20ut/",
        "/out/, {inputName}/{format}/a.{format}, /out/my_film/mpd/a.mpd, /out/my_film/mpd/",
        "/out/, /b/{inputName}.{inputFormat}.{format}, /b/my_film.mp4.mpd, /b/",
        "/out/, {unknown}/{streamId}-{definition}.{format}, /out/{unknown}/{streamId}-20.mpd, /out/%7Bunknown%7D/",
        "/out/, {taskId}.{format}, /out/1000000000-WorkflowTask-1t0.mpd, /out/",
      })
  void manifest_variables_areFilled(
      @Nullable String folder, @Nullable String name, String manifest, String url) {
    StreamPlan plan = rig.one(sample(folder, name));

    assertThat(plan.path()).isEqualTo(manifest);
    assertThat(manifest).endsWith("/" + names(plan).manifest("mpd"));
    assertThat(output(plan).url()).isEqualTo("file:///srv/media" + url);
    assertThat(output(plan).replace()).isTrue();
  }

  @Test
  void files_nothingSaid_haveTencentsNames() {
    OutputNames names = names(rig.one(sample("/out/", null)));

    assertThat(names.track(1, "mp4")).isEqualTo("my_film_adaptiveDynamicStreaming_20_1.mp4");
    assertThat(names.segment(1, 3, "m4s")).isEqualTo("my_film_adaptiveDynamicStreaming_20_1_3.m4s");
  }

  @Test
  void files_namesOfTheCall_haveThem() {
    ProcessMediaSample sample = sample("/out/", "a.{format}");
    sample.stream()
        .put("SubStreamObjectName", "t/{inputName}-{subStreamNumber}.{format}")
        .put("SegmentObjectName", "s{subStreamNumber}/{rand}_{number}_{other}.{format}");

    OutputNames names = names(rig.one(sample));

    assertThat(names.track(0, "m3u8")).isEqualTo("t/my_film-0.m3u8");
    assertThat(names.segment(1, 2, "ts")).matches("s1/[0-9a-f]{8}_2_\\{other}\\.ts");
  }

  @Test
  void rand_streamsOfACall_differ() {
    ProcessMediaSample sample = sample("/out/", "{rand}/a.{format}");
    sample.addStream(20);
    sample.stream(1).put("OutputObjectPath", "{rand}/a.{format}");

    List<StreamPlan> plans = rig.translate(TranslationRig.SETTINGS, sample);

    assertThat(plans).extracting(StreamPlan::path).doesNotHaveDuplicates();
    assertThat(rig.translate(TranslationRig.SETTINGS, sample))
        .extracting(StreamPlan::path)
        .isEqualTo(plans.stream().map(StreamPlan::path).toList());
  }

  @Test
  void s3_folderAndNames_standInTheUrlAsTheyAre() {
    ProcessMediaSample sample = ProcessMediaSample.s3(20);
    sample.root().put("OutputDir", "/ü 1/");

    StreamPlan plan = rig.one(sample);

    assertThat(output(plan).url()).isEqualTo("s3://films/ü 1/");
  }

  @ParameterizedTest
  @CsvSource({
    "OutputObjectPath, a.mpd",
    "OutputObjectPath, ../a.{format}",
    "OutputObjectPath, /a/../b.{format}",
    "OutputObjectPath, a//b.{format}",
    "OutputObjectPath, {format}",
    "OutputObjectPath, a?.{format}",
    "SubStreamObjectName, a_{subStreamNumber}.ts",
    "SubStreamObjectName, ../a_{subStreamNumber}.{format}",
    "SegmentObjectName, a/./{segmentNumber}.{format}",
    "SegmentObjectName, /a_{segmentNumber}.{format}",
  })
  void names_thatLeadAstray_areRefused(String parameter, String name) {
    ProcessMediaSample sample = sample(null, null);
    sample.stream().put(parameter, name);

    MpsException refused = catchThrowableOfType(MpsException.class, () -> rig.one(sample));

    assertThat(refused.mpsCode()).startsWith("InvalidParameterValue");
    assertThat(refused)
        .hasMessageStartingWith("MediaProcessTask.AdaptiveDynamicStreamingTaskSet.0." + parameter);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "20, -, OutputObjectPath",
        "20, b.{format}, SubStreamObjectName",
        "10, A.{format}, OutputObjectPath",
        "20, other/b.{format}, -",
        "10, b.{format}, -",
      })
  void severalStreams_areJobsEach_unlessTheyMeet(
      long definition, @Nullable String second, @Nullable String parameter) {
    ProcessMediaSample sample = sample("/out/", second == null ? null : "a.{format}");
    sample.addStream(definition);
    if (second != null) {
      sample.stream(1).put("OutputObjectPath", second);
    }

    if (parameter == null) {
      assertThat(rig.translate(TranslationRig.SETTINGS, sample)).hasSize(2);
      return;
    }
    MpsException refused =
        catchThrowableOfType(
            MpsException.class, () -> rig.translate(TranslationRig.SETTINGS, sample));
    assertThat(refused)
        .hasMessageContaining("that has the name of another task")
        .hasMessageContaining(".1.");
    if (second != null) {
      assertThat(refused).hasMessageContaining(parameter);
    }
  }
}
