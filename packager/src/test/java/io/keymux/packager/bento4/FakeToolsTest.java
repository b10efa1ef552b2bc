package io.keymux.packager.bento4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.packager.Keymux;
import io.keymux.packager.SampleJob;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.tool.Pids;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that misbehave: bounded time, the right code, no process, no output and no key in any
 * message are left.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class FakeToolsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static FakeBento4.Made made;

  @TempDir Path temp;
  private final Set<KeyId> asked = ConcurrentHashMap.newKeySet();
  private FakeBento4 bento4;
  private Path output;

  @BeforeAll
  static void make(@TempDir Path folder) throws InterruptedException {
    made = FakeBento4.Made.in(folder);
  }

  @BeforeEach
  void prepare() throws Exception {
    bento4 = new FakeBento4(temp.resolve("bento4"), made);
    output = temp.resolve("output");
  }

  @Test
  void run_programsThatWork_givesTheOutputOfTheNativeEngine() throws Exception {
    Keymux packager = Keymux.packager().keys(FakeBento4::keys);
    packager.run(FakeBento4.job(temp.resolve("native")).build());
    bento4.encrypt(
        "echo \"$*\" > \"$here/args\"; ls -ld \"${out%/*}\" > \"$here/mode\"; " + FakeBento4.COPY);

    packager.engine(bento4.engine()).run(FakeBento4.job(output).build());

    Map<String, String> made = SampleJob.contents(output);
    assertThat(made).isEqualTo(SampleJob.contents(temp.resolve("native"))).isNotEmpty();
    assertThat(Files.readString(bento4.file("mode"))).startsWith("drwx------");
    assertThat(Files.readString(bento4.file("args")))
        .matches(
            "--method MPEG-CENC --strict --global-option mpeg-cenc.iv-size-8:true"
                + " --key 1:[0-9a-f]{32}:[0-9a-f]{16}0{16} --property 1:KID:[0-9a-f]{32}"
                + " /.*/clear.mp4 /.*/encrypted.mp4\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "E | sleep 300 & echo $! > $here/pids; echo $$ >> $here/pids; wait | tool-timed-out | 2",
        "E | trap '' TERM; echo $$ > $here/pids; while :; do sleep 0.1; done | tool-timed-out | 1",
        "E | echo $$ > $here/pids; head -c 1000000000 /dev/zero >&2; sleep 300 | tool-output-too-large | 1",
        "E | sleep 300 & echo $! > $here/pids; kill -9 $$ | tool-failed | 1",
        "E | (sleep 300 & echo $! > $here/pids) & wait; exit 0 | tool-output-wrong | 1",
        "E | echo $$ > $here/pids; echo \"bad: $*\" >&2; exit 3 | tool-failed | 1",
        "E | echo $$ > $here/pids; exit 0 | tool-output-wrong | 1",
        "E | echo $$ > $here/pids; head -c 100000 $prepared > $out | tool-output-wrong | 1",
        "F | sleep 300 & echo $! > $here/pids; echo $$ >> $here/pids; wait | tool-timed-out | 2",
        "F | echo $$ > $here/pids; exit 1 | tool-failed | 1",
        "F | echo $$ > $here/pids; : > $out | tool-output-wrong | 1"
      })
  void run_aProgramMisbehaves_leavesNothing(
      String program, String script, String code, int processes) throws Exception {
    bento4.patience(Duration.ofMillis(500));
    if (program.equals("F")) {
      bento4.fragment(script);
    } else {
      bento4.encrypt(script);
    }

    Throwable thrown = failure(ProgressListener.NONE, new CancelToken());

    assertThat(thrown)
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    Pids.assertGone(bento4.file("pids"), processes);
  }

  @Test
  void run_childOutlivesAProgramThatWorks_isKilledAndTheJobIsDone() throws Exception {
    bento4.encrypt("(sleep 300 & echo $! > $here/pids) & wait; " + FakeBento4.COPY);

    Keymux.packager()
        .keys(FakeBento4::keys)
        .engine(bento4.engine())
        .run(FakeBento4.job(output).build());

    assertThat(output.resolve("manifest.mpd")).exists();
    Pids.assertGone(bento4.file("pids"), 1);
  }

  @Test
  void run_cancelledWhileAProgramRuns_leavesNothing() throws Exception {
    bento4.encrypt("echo $$ > $here/pids; cat $prepared > $out; sleep 300");
    CancelToken cancel = new CancelToken();
    ProgressListener cancelling =
        (stage, done, total) -> {
          // The clear track, and most of the second of three passes.
          if (stage == Stage.PACKAGING && done > total / 2) {
            cancel.cancel();
          }
        };

    Throwable thrown = failure(cancelling, cancel);

    assertThat(thrown)
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo(CancelToken.CODE));
    Pids.assertGone(bento4.file("pids"), 1);
  }

  @Test
  void run_interruptedWhileAProgramRuns_leavesNothing() throws Exception {
    bento4.encrypt("echo $$ > $here/pids; sleep 300");
    Thread job = Thread.currentThread();
    Thread interrupting =
        new Thread(
            () -> {
              while (bento4.file("pids").toFile().length() == 0) {
                Thread.onSpinWait();
              }
              job.interrupt();
            });
    interrupting.start();

    Throwable thrown = failure(ProgressListener.NONE, new CancelToken());

    interrupting.join();
    assertThat(thrown).isInstanceOf(InterruptedException.class);
    Pids.assertGone(bento4.file("pids"), 1);
  }

  @Test
  void run_programWritesSlowly_isFollowedByTheGrowthOfItsFile() throws Exception {
    bento4.encrypt(
        "for part in 0 1 2 3; do dd if=$prepared bs=100000 skip=$part count=1 2>/dev/null >> $out;"
            + " sleep 0.1; done; "
            + FakeBento4.COPY);
    List<Long> seen = new ArrayList<>();
    List<Long> totals = new ArrayList<>();
    ProgressListener listener =
        (stage, done, total) -> {
          if (stage == Stage.PACKAGING) {
            seen.add(done);
            totals.add(total);
          }
        };

    Keymux.packager()
        .keys(FakeBento4::keys)
        .engine(bento4.engine())
        .run(FakeBento4.job(output).build(), listener, new CancelToken());

    assertThat(seen).isSorted().hasSizeGreaterThan(6);
    assertThat(Set.copyOf(totals)).containsExactly(seen.get(seen.size() - 1));
  }

  /** Runs the job, which fails, and sees to it that nothing is left. */
  private Throwable failure(ProgressListener progress, CancelToken cancel) throws IOException {
    Keymux packager =
        Keymux.packager()
            .engine(bento4.engine())
            .keys(
                request -> {
                  asked.addAll(request.keyIds());
                  return FakeBento4.keys(request);
                });
    long start = System.nanoTime();
    Throwable thrown =
        catchThrowable(() -> packager.run(FakeBento4.job(output).build(), progress, cancel));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    assertThat(output).doesNotExist();
    assertThat(asked).isNotEmpty();
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    for (KeyId id : asked) {
      assertThat(all.toString()).doesNotContainIgnoringCase(FakeBento4.keyHex(id));
    }
    return thrown;
  }
}
