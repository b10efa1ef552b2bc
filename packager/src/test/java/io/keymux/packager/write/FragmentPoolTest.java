package io.keymux.packager.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keymux.cpix.DrmException;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.output.OutputFile;
import io.keymux.packager.output.PublishGuard;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.parallel.ByteProgress;
import io.keymux.packager.plan.FakeTrack;
import io.keymux.packager.plan.ProtectionSpan;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.SegmentPlanner;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clear track of 100 segments with 25 kB each; what goes wrong goes wrong in its source. */
@Timeout(60)
class FragmentPoolTest {
  private static final int SEGMENTS = 100;
  private static final int SEGMENT_BYTES = 25 * 1000;

  @TempDir Path temp;

  @AfterEach
  void nothingOfItIsLeft() throws IOException {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("keymux-fragment-"));
    assertThat(temp.resolve("out")).doesNotExist();
    assertThat(OpenFiles.below(temp)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 500})
  void run_anyNumberOfWorkers_writesEveryFragment(int workers) throws Exception {
    List<Long> reported = new ArrayList<>();

    List<Path> files =
        run(workers, i -> {}, (stage, done, total) -> reported.add(done), new CancelToken());

    assertThat(files).hasSize(SEGMENTS);
    assertThat(reported).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(101);
    assertThat(reported.get(reported.size() - 1)).isEqualTo((long) SEGMENTS * SEGMENT_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void run_aFragmentFails_throwsItsFailureAndStops(int workers) {
    AtomicInteger reads = new AtomicInteger();
    DrmException failure = new DrmException(DrmException.Blame.CALLER, "x", "Broken.", "Mend it.");

    Throwable thrown =
        catchThrowable(
            () ->
                run(
                    workers,
                    i -> {
                      reads.incrementAndGet();
                      if (i == 10) {
                        throw failure;
                      }
                    },
                    ProgressListener.NONE,
                    new CancelToken()));

    assertThat(thrown).isSameAs(failure);
    assertThat(reads.get()).isLessThan(SEGMENTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void run_memoryRunsOut_throwsTheError(int workers) {
    OutOfMemoryError error = new OutOfMemoryError("made up");

    assertThat(
            catchThrowable(
                () ->
                    run(
                        workers,
                        i -> {
                          throw error;
                        },
                        ProgressListener.NONE,
                        new CancelToken())))
        .isSameAs(error);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void run_cancelled_stopsSoon(int workers) {
    CancelToken cancel = new CancelToken();
    AtomicInteger reads = new AtomicInteger();

    assertThatThrownBy(
            () ->
                run(
                    workers,
                    i -> {
                      if (reads.incrementAndGet() == 20) {
                        cancel.cancel();
                      }
                    },
                    ProgressListener.NONE,
                    cancel))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo(CancelToken.CODE));

    assertThat(reads.get()).isBetween(20, 20 + workers);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void run_listenerThrows_throwsThat(int workers) {
    IllegalStateException bad = new IllegalStateException("listener");

    assertThat(
            catchThrowable(
                () ->
                    run(
                        workers,
                        i -> {},
                        (stage, done, total) -> {
                          if (done > total / 2) {
                            throw bad;
                          }
                        },
                        new CancelToken())))
        .isSameAs(bad);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void run_interrupted_waitsForItsThreadsAndThrows(int workers) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicInteger reads = new AtomicInteger();
    Thread runner =
        new Thread(
            () ->
                thrown.set(
                    catchThrowable(
                        () ->
                            run(
                                workers,
                                i -> {
                                  reads.incrementAndGet();
                                  busy(20);
                                },
                                ProgressListener.NONE,
                                new CancelToken()))));

    runner.start();
    while (reads.get() < 10) {
      Thread.sleep(1);
    }
    runner.interrupt();
    runner.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(reads.get()).isLessThan(SEGMENTS);
  }

  @Test
  void run_interruptedBefore_throws() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread runner =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              thrown.set(
                  catchThrowable(() -> run(4, i -> {}, ProgressListener.NONE, new CancelToken())));
            });

    runner.start();
    runner.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void run_outputCannotBeWritten_throwsOnceAndWakesThoseWhoWait() {
    // A folder stands where the file of the first segment goes.
    assertThatThrownBy(
            () ->
                run(
                    4,
                    i -> {},
                    ProgressListener.NONE,
                    new CancelToken(),
                    output -> output.write("t/seg-1.m4s/in-the-way", "x")))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("output-not-writable");
              assertThat(e.problem()).contains("t/seg-1.m4s");
            });
  }

  private List<Path> run(
      int workers, IntConsumer onRead, ProgressListener listener, CancelToken cancel)
      throws InterruptedException, IOException {
    return run(workers, onRead, listener, cancel, output -> {});
  }

  /** Returns the files that were staged; they are gone by then. */
  private List<Path> run(
      int workers,
      IntConsumer onRead,
      ProgressListener listener,
      CancelToken cancel,
      java.util.function.Consumer<StagedOutput> before)
      throws InterruptedException, IOException {
    TrackSource track =
        FakeTrack.video(25, SEGMENTS * 25, 1, 25)
            .source(new ZeroSource(SEGMENT_BYTES, onRead))
            .build();
    List<SegmentPlan> segments = SegmentPlanner.plan(1, List.of(track)).get(0);
    List<TrackPlan> plans =
        List.of(
            new TrackPlan(
                track,
                0,
                0,
                1,
                segments,
                List.of(new ProtectionSpan(0, segments.size(), null)),
                List.of()));
    try (StagedOutput output = StagedOutput.open(temp.resolve("out"), PublishGuard.NONE)) {
      before.accept(output);
      List<FragmentRun> runs = new ArrayList<>();
      for (int s = 0; s < segments.size(); s++) {
        OutputFile file = output.file("t/seg-" + (s + 1) + ".m4s", 0, 1);
        runs.add(
            new FragmentRun(
                0,
                s,
                segments.get(s),
                segments.get(s).fragments(),
                0,
                s + 1,
                new KeyFrames(plans.get(0)),
                true,
                file,
                0));
      }
      long total = (long) SEGMENTS * SEGMENT_BYTES;
      new FragmentPool(
              plans,
              runs,
              SampleEncryptors.NATIVE,
              workers,
              new ByteProgress(Stage.PACKAGING, total, listener),
              cancel)
          .run();
      try (Stream<Path> files = Files.walk(output.folder())) {
        return files.filter(Files::isRegularFile).toList();
      }
    }
  }

  /** Busy without a place where an interrupt is noticed. */
  private static void busy(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
