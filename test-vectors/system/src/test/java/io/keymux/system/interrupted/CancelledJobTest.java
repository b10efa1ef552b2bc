package io.keymux.system.interrupted;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cancelled at random points: nothing is there, not even the output folder; then it succeeds. */
class CancelledJobTest {
  private static final int POINTS = 50;

  @ParameterizedTest
  @EnumSource
  void run_cancelledAtRandomPoints_leavesNothing(OutputKind kind, @TempDir Path work)
      throws Exception {
    AtomicInteger calls = new AtomicInteger();
    run(kind, work.resolve("whole"), (stage, done, total) -> calls.incrementAndGet(), none());
    Random random = new Random(kind.name().hashCode());
    int cancelled = 0;
    for (int i = 0; i < POINTS; i++) {
      Path output = work.resolve("out");
      int point = 1 + random.nextInt(calls.get());
      AtomicInteger call = new AtomicInteger();
      CancelToken cancel = new CancelToken();
      ProgressListener listener =
          (stage, done, total) -> {
            if (stage != Stage.PUBLISHING && call.incrementAndGet() == point) {
              cancel.cancel();
            }
          };
      try {
        run(kind, output, listener, cancel);
        Folder.assertWhole(output);
        Folder.delete(output);
      } catch (DrmException e) {
        assertThat(e.code()).isEqualTo(CancelToken.CODE);
        assertThat(output).as("point %d", point).doesNotExist();
        cancelled++;
      }
    }
    assertThat(cancelled).isGreaterThan(POINTS / 2);
    run(kind, work.resolve("out"), ProgressListener.NONE, none());
    Folder.assertWhole(work.resolve("out"));
  }

  private static CancelToken none() {
    return new CancelToken();
  }

  private static void run(
      OutputKind kind, Path output, ProgressListener listener, CancelToken cancel)
      throws InterruptedException {
    Keymux.packager()
        .workers(2)
        .keys(SeedKeys.of(SecretBytes.copyOf(new byte[32])))
        .run(kind.job(output), listener, cancel);
  }
}
