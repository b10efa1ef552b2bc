package io.keymux.packager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyExchange;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.job.VerifyLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever fails, with any engine: the output folder is as it was, be it missing, foreign or full
 * of a result.
 */
@Timeout(120)
abstract class FailedJobContract {
  @TempDir Path temp;
  private Path missing;
  private Path full;
  private Map<String, String> before;

  abstract Engine engine();

  /** What is said of a sample that cannot be parsed, and what is named. */
  abstract Set<String> damageCodes();

  private Keymux packager() {
    return Keymux.packager().engine(engine());
  }

  @BeforeEach
  void packageOnce() throws Exception {
    missing = temp.resolve("missing/out");
    full = temp.resolve("full");
    Keymux.packager().keys(SampleJob.KEYS).run(SampleJob.small(full).build());
    Files.writeString(full.resolve("notes.txt"), "mine");
    before = SampleJob.contents(full);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void run_listenerThrowsInAStage_leavesEverythingAsItWas(Stage stage) throws IOException {
    IllegalStateException bad = new IllegalStateException("listener");
    ProgressListener throwing =
        (reached, done, total) -> {
          if (reached == stage) {
            throw bad;
          }
        };

    assertThat(failure(SampleJob.KEYS, throwing, new CancelToken())).isSameAs(bad);
  }

  @ParameterizedTest
  @EnumSource(value = Stage.class, names = "PUBLISHING", mode = EnumSource.Mode.EXCLUDE)
  void run_cancelledInAStage_leavesEverythingAsItWas(Stage stage) throws IOException {
    CancelToken cancel = new CancelToken();
    ProgressListener cancelling =
        (reached, done, total) -> {
          if (reached == stage) {
            cancel.cancel();
          }
        };

    assertThat(failure(SampleJob.KEYS, cancelling, cancel))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo(CancelToken.CODE));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void run_interruptedInAStage_endsAndLeavesEverythingAsItWas(Stage stage) throws Exception {
    ProgressListener interrupting =
        (reached, done, total) -> {
          if (reached == stage && done * 2 >= total) {
            Thread.currentThread().interrupt();
          }
        };
    for (Path output : List.of(missing, full)) {
      Throwable thrown =
          catchThrowable(
              () ->
                  packager()
                      .keys(SampleJob.KEYS)
                      .workers(1)
                      .run(job(output), interrupting, new CancelToken()));
      boolean stillInterrupted = Thread.interrupted();
      // Too late, or noticed; but noticed means: as an interrupt, and with nothing left behind.
      if (thrown == null) {
        assertThat(stillInterrupted).isTrue();
      } else {
        assertThat(thrown).isInstanceOf(InterruptedException.class);
        assertUnchanged(output);
      }
    }
  }

  @Test
  void run_keyServerFails_leavesEverythingAsItWas() throws IOException {
    DrmException down =
        new DrmException(Blame.UPSTREAM, "key-server-unreachable", "It is down.", "Try again.");
    KeyExchange failing =
        request -> {
          throw down;
        };

    assertThat(failure(failing, ProgressListener.NONE, new CancelToken())).isSameAs(down);
  }

  @Test
  void run_keyServerAnswersWithoutKeys_leavesEverythingAsItWas() throws IOException {
    KeyExchange empty = r -> CpixDocument.ofKeys(r.contentId(), List.of(), r.rules());

    assertThat(failure(empty, ProgressListener.NONE, new CancelToken()))
        .isInstanceOf(DrmException.class);
  }

  @Test
  void run_interruptedWhileWaitingForKeys_leavesEverythingAsItWas() throws IOException {
    KeyExchange interrupted =
        request -> {
          throw new InterruptedException();
        };

    assertThat(failure(interrupted, ProgressListener.NONE, new CancelToken()))
        .isInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "garbage", "absent", "half", "header", "folder"})
  void run_badInputBesideAGoodOne_isOneTypedErrorThatNamesIt(String kind) throws IOException {
    byte[] good = Files.readAllBytes(SampleJob.sample("video-540p"));
    Path bad = temp.resolve(kind + ".mp4");
    switch (kind) {
      case "empty" -> Files.createFile(bad);
      case "garbage" -> Files.write(bad, Arrays.copyOfRange(good, 5_000, 60_000));
      case "half" -> Files.write(bad, Arrays.copyOf(good, good.length / 2));
      case "header" -> Files.write(bad, Arrays.copyOf(good, 40));
      case "folder" -> Files.createDirectory(bad);
      default -> {}
    }

    for (Path output : List.of(missing, full)) {
      PackagingJob job = SampleJob.small(output).input(JobInput.of(bad)).build();
      Throwable thrown = catchThrowable(() -> packager().keys(SampleJob.KEYS).run(job));

      assertThat(thrown)
          .isInstanceOfSatisfying(
              DrmException.class,
              e -> {
                assertThat(e.blame()).isIn(Blame.CALLER, Blame.UNSUPPORTED);
                assertThat(e.problem()).contains(bad.toString());
              });
      assertUnchanged(output);
    }
  }

  @Test
  void run_damagedSample_failsWhilePackagingAndNamesIt() throws IOException {
    byte[] movie = Files.readAllBytes(SampleJob.sample("video-540p"));
    // NAL unit lengths become nonsense somewhere in the last third.
    Arrays.fill(movie, movie.length * 2 / 3, movie.length * 2 / 3 + 60_000, (byte) 0xff);
    Path bad = Files.write(temp.resolve("damaged.mp4"), movie);

    for (Path output : List.of(missing, full)) {
      PackagingJob job = SampleJob.small(output).input(JobInput.of(bad)).build();
      Throwable thrown = catchThrowable(() -> packager().keys(SampleJob.KEYS).workers(4).run(job));

      assertThat(thrown)
          .isInstanceOfSatisfying(
              DrmException.class,
              e -> {
                assertThat(e.code()).isIn(damageCodes());
                assertThat(e.problem()).contains("video-540p");
              });
      assertUnchanged(output);
    }
  }

  @Test
  void run_outputIsAFile_isOneTypedErrorAndKeepsIt() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "mine");

    for (Path output : List.of(file, file.resolve("below"))) {
      assertThat(
              catchThrowable(
                  () -> packager().keys(SampleJob.KEYS).run(SampleJob.small(output).build())))
          .isInstanceOfSatisfying(
              DrmException.class,
              e -> {
                assertThat(e.code()).isEqualTo("output-not-writable");
                assertThat(e.blame()).isEqualTo(Blame.OUTPUT);
              });
    }
    assertThat(file).hasContent("mine");
  }

  /** Runs a job into both folders, which fails twice in the same way. */
  private Throwable failure(KeyExchange keys, ProgressListener listener, CancelToken cancel)
      throws IOException {
    List<Throwable> thrown = new ArrayList<>();
    for (Path output : List.of(missing, full)) {
      thrown.add(catchThrowable(() -> packager().keys(keys).run(job(output), listener, cancel)));
      assertUnchanged(output);
    }
    assertThat(thrown).doesNotContainNull();
    assertThat(thrown.get(1)).hasSameClassAs(thrown.get(0));
    return thrown.get(0);
  }

  private static PackagingJob job(Path output) {
    return SampleJob.small(output).verify(VerifyLevel.FULL).segmentSeconds(4).build();
  }

  private void assertUnchanged(Path output) throws IOException {
    if (output.equals(missing)) {
      assertThat(temp.resolve("missing")).doesNotExist();
    } else {
      assertThat(SampleJob.contents(full)).isEqualTo(before);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("keymux-fragment-"));
  }
}
