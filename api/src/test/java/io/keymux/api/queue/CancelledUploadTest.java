package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.Roots;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.api.storage.Buckets;
import io.keymux.api.storage.Storages;
import io.keymux.packager.job.CancelToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that is cancelled while its output goes to a bucket, with the guard of the queue. */
class CancelledUploadTest {
  private static final List<String> LAST =
      List.of("keymux-report.json", "master.m3u8", "manifest.mpd");
  @RegisterExtension static final Buckets BUCKETS = new Buckets();

  @TempDir Path temp;

  @Test
  void cancel_whileUploading_takesBackWhatWasWritten() throws Exception {
    Path work = Files.createDirectories(temp.resolve("work"));
    for (int i = 1; i <= 40; i++) {
      Files.write(work.resolve("seg-" + i + ".m4s"), new byte[1000]);
    }
    for (String name : LAST) {
      Files.writeString(work.resolve(name), name);
    }
    Files.write(work.resolve("large.mp4"), new byte[20 << 20]);
    CountDownLatch writing = new CountDownLatch(6);
    CompletableFuture<CancelToken> token = new CompletableFuture<>();
    CountDownLatch cancelled = new CountDownLatch(1);
    BUCKETS.server.breakBy(
        line -> {
          if (line.startsWith("PUT ") && line.contains("seg-")) {
            writing.countDown();
            // The rest waits, so that it is cancelled in the middle.
            await(writing.getCount() > 0 ? null : cancelled);
          }
          return null;
        });
    try (Storages storage = Storages.of(Roots.of(List.of()), BUCKETS.settings());
        TestNode node =
            TestNode.start(
                temp,
                (prepared, progress, cancel, guard) -> {
                  token.complete(cancel);
                  storage.output("s3://out-1/to/", false, null).put(work, LAST, guard, cancel);
                })) {
      Job job = node.submit();
      assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(node.jobs.cancel(TestNode.TENANT, job.id()).state())
          .isEqualTo(JobState.CANCELLING);
      while (!token.join().isCancelled()) {
        Thread.sleep(10);
      }
      cancelled.countDown();
      assertThat(node.ended(job).state()).isEqualTo(JobState.CANCELLED);
    }
    assertThat(BUCKETS.keys("out-1")).isEmpty();
    assertThat(BUCKETS.uploads("out-1")).isZero();
  }

  private static void await(@Nullable CountDownLatch latch) {
    try {
      if (latch != null) {
        latch.await(20, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
