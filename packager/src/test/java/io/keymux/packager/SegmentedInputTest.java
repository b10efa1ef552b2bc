package io.keymux.packager;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.packager.input.SegmentPattern;
import io.keymux.packager.input.SegmentPlaylist;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Common Media segments as inputs: our own clear output, packaged again. */
class SegmentedInputTest {
  private static final String VIDEO = "video-360p";
  private static final String AUDIO = "audio-2ch";

  @TempDir Path temp;

  @BeforeEach
  void packageClear() throws Exception {
    for (String track : List.of(VIDEO, AUDIO)) {
      PackagingJob job = SampleJob.small(clear(track)).clearTrack(track).build();
      Keymux.packager().keys(SampleJob.KEYS).run(job);
    }
  }

  /** The output in which the track is clear. */
  private Path clear(String track) {
    return temp.resolve("clear-" + track);
  }

  @Test
  void run_segments_sameBytesAsOfTheJoinedFile() throws Exception {
    Map<String, String> joined = run("joined", JobInput.of(join(VIDEO)), JobInput.of(join(AUDIO)));
    assertThat(run("segments", segments(VIDEO), segments(AUDIO))).isEqualTo(joined);
    assertThat(joined).containsKey(VIDEO + "/seg-2.m4s");
  }

  @Test
  void run_playlists_sameBytesAsOfSegments() throws Exception {
    Map<String, String> segments = run("segments", segments(VIDEO), segments(AUDIO));
    assertThat(run("playlists", playlist(VIDEO), playlist(AUDIO))).isEqualTo(segments);
  }

  @Test
  void run_firstSegmentsLeftOut_startsWithTheRest() throws Exception {
    List<Path> files = files(VIDEO);
    JobInput rest = JobInput.segments(init(VIDEO), files.subList(1, files.size()));
    JobResult result = Keymux.packager().keys(SampleJob.KEYS).run(job("out", rest).build());
    assertThat(result.presentation().tracks().get(0).segments()).hasSize(files.size() - 1);
    assertThat(result.presentation().tracks().get(0).segments().get(0).start()).isZero();
  }

  @Test
  void contentId_notGiven_nameOfTheFolder() {
    PackagingJob job =
        PackagingJob.builder().input(segments(VIDEO)).output(temp.resolve("out")).build();
    assertThat(job.contentId()).isEqualTo(VIDEO);
  }

  @Test
  void run_segmentMissingInTheMiddle_refused() {
    List<Path> files = files(VIDEO);
    files.remove(1);
    assertThat(refusal("segments-not-contiguous", files))
        .contains("seg-3.m4s begins at", "in track 1, but the segment before it ends at");
  }

  @Test
  void run_wrongOrderOrTwice_refused() {
    List<Path> files = files(VIDEO);
    files.add(1, files.remove(2));
    refusal("segments-not-contiguous", files);
    List<Path> twice = files(VIDEO);
    twice.add(1, twice.get(0));
    refusal("segments-not-contiguous", twice);
  }

  @Test
  void run_segmentOfAnotherTrackOrTimescale_refused() {
    List<Path> files = files(VIDEO);
    files.set(1, files(AUDIO).get(1));
    refusal("segments-not-contiguous", files);
  }

  @Test
  void run_initAmongSegments_refused() {
    List<Path> files = files(VIDEO);
    files.add(0, init(AUDIO));
    assertThat(refusal("init-segments-differ", files)).contains(AUDIO);
    files.set(0, SampleJob.sample(VIDEO));
    assertThat(refusal("segment-is-movie", files)).contains(VIDEO + ".mp4");
  }

  /** As a playlist may name it again after a discontinuity. */
  @Test
  void run_sameInitAgain_goesOn() throws Exception {
    List<Path> files = files(VIDEO);
    files.add(1, init(VIDEO));
    assertThat(run("again", JobInput.segments(init(VIDEO), files)))
        .containsOnlyKeys(run("once", segments(VIDEO)).keySet());
  }

  @Test
  void run_initAlone_saysWhatIsMissing() {
    DrmException refusal = failure(JobInput.of(init(VIDEO)));
    assertThat(refusal.code()).isEqualTo("no-tracks");
    assertThat(refusal.problem()).contains("is an initialization segment");
    assertThat(refusal.remedy()).contains("segments=");
    assertThat(failure(JobInput.of(files(VIDEO).get(0))).code()).isEqualTo("no-moov");
  }

  @Test
  void run_segmentCutOff_namesItsFileAndPlace() throws Exception {
    List<Path> files = files(VIDEO);
    byte[] whole = Files.readAllBytes(files.get(1));
    Path cut = Files.write(temp.resolve("cut.m4s"), Arrays.copyOf(whole, whole.length - 100));
    files.set(1, cut);
    assertThat(refusal("input-truncated", files))
        .startsWith("Input %s has %d bytes".formatted(cut, whole.length - 100));
  }

  @Test
  void run_segmentDamaged_namesItsFileAndPlace() throws Exception {
    List<Path> files = files(VIDEO);
    byte[] bytes = Files.readAllBytes(files.get(1));
    int moof = new String(bytes, ISO_8859_1).indexOf("moof") - 4;
    bytes[moof + 8 + 3] = 100;
    files.set(1, Files.write(temp.resolve("bad.m4s"), bytes));
    assertThat(refusal("malformed-mp4", files)).contains("bad.m4s, byte offset ");
    files.set(1, Files.writeString(temp.resolve("text.m4s"), "This is no box at all."));
    assertThat(refusal("not-an-mp4", files)).contains("text.m4s");
  }

  private String refusal(String code, List<Path> files) {
    DrmException refusal = failure(JobInput.segments(init(VIDEO), files));
    assertThat(refusal.code()).as(refusal.problem()).isEqualTo(code);
    return refusal.problem();
  }

  private DrmException failure(JobInput input) {
    PackagingJob job = job("failed", input).build();
    return catchThrowableOfType(
        DrmException.class, () -> Keymux.packager().keys(SampleJob.KEYS).run(job));
  }

  private Map<String, String> run(String name, JobInput... inputs) throws Exception {
    Keymux.packager().keys(SampleJob.KEYS).run(job(name, inputs).build());
    return SampleJob.contents(temp.resolve(name));
  }

  private PackagingJob.Builder job(String name, JobInput... inputs) {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .contentId("sample")
            .segmentSeconds(2)
            .verify(VerifyLevel.FULL)
            .output(temp.resolve(name));
    for (JobInput input : inputs) {
      job.input(input);
    }
    return job;
  }

  private Path init(String track) {
    return clear(track).resolve(track).resolve("init.mp4");
  }

  private List<Path> files(String track) {
    return new ArrayList<>(SegmentPattern.files(clear(track).resolve(track).resolve("seg-*.m4s")));
  }

  private JobInput segments(String track) {
    return JobInput.segments(init(track), files(track));
  }

  private JobInput playlist(String track) {
    SegmentPlaylist<Path> playlist =
        SegmentPlaylist.read(clear(track).resolve(track).resolve("media.m3u8"));
    return JobInput.segments(playlist.init(), playlist.segments());
  }

  private Path join(String track) throws Exception {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(Files.readAllBytes(init(track)));
    for (Path file : files(track)) {
      joined.write(Files.readAllBytes(file));
    }
    return Files.write(temp.resolve(track + ".mp4"), joined.toByteArray());
  }
}
