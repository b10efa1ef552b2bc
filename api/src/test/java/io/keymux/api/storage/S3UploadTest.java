package io.keymux.api.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.problem.StorageException;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.job.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

class S3UploadTest {
  private static final int LARGE = 40 << 20;
  private static final List<String> LAST =
      List.of("keymux-report.json", "master.m3u8", "manifest.mpd");
  @RegisterExtension static final Buckets BUCKETS = new Buckets();

  @TempDir Path temp;
  private Path work;
  private final Storages storage = BUCKETS.storage();
  private final CancelToken cancel = new CancelToken();

  @BeforeEach
  void makeFiles() throws IOException {
    work = temp.resolve("a-job");
    Files.createDirectories(work.resolve("video"));
    for (int i = 1; i <= 5; i++) {
      Files.write(work.resolve("video/seg-" + i + ".m4s"), new byte[1000 * i]);
    }
    for (String name : List.of("video/media.m3u8", "keymux-report.json", "master.m3u8")) {
      Files.writeString(work.resolve(name), name);
    }
    Files.writeString(work.resolve("manifest.mpd"), "<MPD/>");
    BUCKETS.server.mend();
  }

  @AfterEach
  void empty() {
    BUCKETS.server.mend();
    storage.close();
    BUCKETS
        .keys("out-1")
        .forEach(key -> BUCKETS.client.deleteObject(r -> r.bucket("out-1").key(key)));
  }

  @Test
  void put_folder_manifestsLast() throws Exception {
    large();
    put(false);
    assertThat(BUCKETS.keys("out-1")).hasSize(10).allMatch(key -> key.startsWith("to/"));
    List<String> written =
        BUCKETS.server.requests().stream()
            .filter(line -> line.startsWith("PUT ") || line.startsWith("POST "))
            .toList();
    assertThat(written.get(0)).contains("keymux-report.json");
    assertThat(written.subList(written.size() - 3, written.size()))
        .satisfiesExactly(
            line -> assertThat(line).contains("keymux-report.json"),
            line -> assertThat(line).contains("master.m3u8"),
            line -> assertThat(line).contains("manifest.mpd"));
    assertThat(type("to/manifest.mpd")).isEqualTo("application/dash+xml");
    assertThat(type("to/video/seg-1.m4s")).isEqualTo("video/iso.segment");
    assertThat(type("to/large.mp4")).isEqualTo("video/mp4");
    assertThat(BUCKETS.client.getObjectAsBytes(r -> r.bucket("out-1").key("to/large.mp4")))
        .satisfies(
            content ->
                assertThat(content.asByteArrayUnsafe())
                    .isEqualTo(Files.readAllBytes(work.resolve("large.mp4"))));
  }

  @Test
  void put_outputThatIsThere_staysUnlessReplaced() throws Exception {
    put(false);
    work = Files.move(work, work.resolveSibling("another-job"));
    Files.writeString(work.resolve("video/seg-1.m4s"), "other");
    assertThat(refusal(() -> put(false)).code()).isEqualTo("output-exists");
    assertThat(text("to/video/seg-1.m4s")).hasSize(1000);
    put(true);
    assertThat(text("to/video/seg-1.m4s")).isEqualTo("other");
    assertThat(BUCKETS.keys("out-1")).hasSize(9);
  }

  @Test
  void put_outputOfAnEarlierAttempt_isReplaced() throws Exception {
    put(false);
    Files.writeString(work.resolve("video/seg-1.m4s"), "again");
    put(false);
    assertThat(text("to/video/seg-1.m4s")).isEqualTo("again");
  }

  @Test
  void put_manifestThatAppearsMeanwhile_staysWithItsMedia() {
    AtomicInteger writes = new AtomicInteger();
    Runnable guard =
        () -> {
          if (writes.incrementAndGet() == 3) {
            BUCKETS.client.putObject(
                r -> r.bucket("out-1").key("to/manifest.mpd"), RequestBody.fromString("theirs"));
          }
        };
    DrmException e = refusal(() -> put(guard, false));
    assertThat(e.code()).isEqualTo("output-exists");
    assertThat(e.blame()).isEqualTo(Blame.OUTPUT);
    assertThat(text("to/manifest.mpd")).isEqualTo("theirs");
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR,seg-3,storage-unavailable",
    "SLOW_DOWN,seg-3,storage-unavailable",
    "RESET,seg-3,storage-unavailable",
    "DENIED,seg-3,storage-denied",
    "ERROR,manifest.mpd,storage-unavailable",
    "CONFLICT,manifest.mpd,storage-unavailable",
    "CONFLICT,keymux-report,storage-unavailable",
    "DENIED,partNumber=2,storage-denied",
    "GONE,?uploadId=,storage-unavailable"
  })
  void put_faultsThatLast_leaveNothing(FaultyServer.Fault fault, String where, String code)
      throws IOException {
    large();
    BUCKETS.server.breakBy(l -> l.matches("(PUT|POST) .*") && l.contains(where) ? fault : null);
    StorageException e = (StorageException) refusal(() -> put(false));
    assertThat(e.code()).isEqualTo(code);
    assertThat(e.blame()).isEqualTo(Blame.OUTPUT);
    assertThat(e.retryable()).isEqualTo(code.equals("storage-unavailable"));
    assertThat(BUCKETS.keys("out-1")).isEmpty();
    assertThat(BUCKETS.uploads("out-1")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR,seg-3",
    "SLOW_DOWN,seg-3",
    "RESET,seg-3",
    "RESET,manifest.mpd",
    "CONFLICT,manifest.mpd",
    "CONFLICT,keymux-report",
    "ERROR,partN"
  })
  void put_faultsThatPass_areOvercome(FaultyServer.Fault fault, String where) throws Exception {
    large();
    BUCKETS.server.breakFirst(1, where, fault);
    put(false);
    assertThat(BUCKETS.keys("out-1")).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PUT .*keymux-report", "PUT .*manifest", "PUT .*seg-1", "POST .*uploadId="})
  void put_answerLost_isOurs(String request) throws Exception {
    large();
    AtomicInteger asked = new AtomicInteger();
    BUCKETS.server.breakBy(
        line -> {
          if (!line.matches(request + ".*")) {
            return null;
          }
          // MinIO has forgotten an upload as soon as it is complete.
          return asked.incrementAndGet() == 1
              ? FaultyServer.Fault.SWALLOW
              : line.startsWith("POST ") ? FaultyServer.Fault.GONE : null;
        });
    put(false);
    assertThat(asked).hasValueGreaterThan(1);
    assertThat(text("to/manifest.mpd")).isEqualTo("<MPD/>");
    assertThat(BUCKETS.keys("out-1")).hasSize(10);
    assertThat(BUCKETS.uploads("out-1")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "DELETE|HEAD"})
  void put_replacingWithoutAllRights_succeeds(String denied) throws Exception {
    put(false);
    work = Files.move(work, work.resolveSibling("another-job"));
    Files.writeString(work.resolve("manifest.mpd"), "<MPD>2</MPD>");
    BUCKETS.server.breakBy(
        line -> line.matches("(" + denied + ") .*") ? FaultyServer.Fault.DENIED : null);
    put(true);
    assertThat(text("to/manifest.mpd")).isEqualTo("<MPD>2</MPD>");
  }

  @Test
  void put_cancelled_leavesNothing() {
    AtomicInteger writes = new AtomicInteger();
    Runnable guard =
        () -> {
          if (writes.incrementAndGet() == 4) {
            cancel.cancel();
          }
        };
    assertThat(refusal(() -> put(guard, false)).code()).isEqualTo("cancelled");
    assertThat(BUCKETS.keys("out-1")).isEmpty();
  }

  @Test
  void put_anotherAttemptTookOver_nothingIsTakenBack() {
    AtomicInteger writes = new AtomicInteger();
    Runnable guard =
        () -> {
          if (writes.incrementAndGet() > 4) {
            throw new DrmException(Blame.CALLER, "fenced", "Another attempt runs.", "Wait.");
          }
        };
    assertThat(refusal(() -> put(guard, false)).code()).isEqualTo("fenced");
    assertThat(BUCKETS.keys("out-1")).hasSize(4).doesNotContain("to/manifest.mpd");
  }

  @Test
  void put_missingBucket_isTold() {
    Destination destination = storage.output("s3://out-none/x/", false, null);
    DrmException e = refusal(() -> destination.put(work, LAST, () -> {}, cancel));
    assertThat(e.code()).isIn("storage-bucket-missing", "storage-object-missing");
  }

  private void large() throws IOException {
    byte[] content = new byte[LARGE];
    new Random(3).nextBytes(content);
    Files.write(work.resolve("large.mp4"), content);
  }

  private void put(boolean replace) throws InterruptedException {
    put(() -> {}, replace);
  }

  private void put(Runnable guard, boolean replace) throws InterruptedException {
    storage
        .output("s3://out-1/to", replace, null)
        .put(work, LAST, new JobGuard(guard, work.getFileName().toString()), cancel);
  }

  private static DrmException refusal(ThrowingCallable call) {
    return catchThrowableOfType(DrmException.class, call);
  }

  private static String text(String key) {
    return BUCKETS.client.getObjectAsBytes(r -> r.bucket("out-1").key(key)).asUtf8String();
  }

  private static String type(String key) {
    return BUCKETS.client.headObject(r -> r.bucket("out-1").key(key)).contentType();
  }
}
