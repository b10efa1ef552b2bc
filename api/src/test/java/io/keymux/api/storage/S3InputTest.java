package io.keymux.api.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.problem.StorageException;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.MediaSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class S3InputTest {
  private static final int SIZE = 5_000_000;
  @RegisterExtension static final Buckets BUCKETS = new Buckets();
  private static final byte[] CONTENT = content();

  private final Storages storage = BUCKETS.storage();

  private static byte[] content() {
    byte[] content = new byte[SIZE];
    new Random(7).nextBytes(content);
    return content;
  }

  @BeforeEach
  void put() {
    BUCKETS.server.mend();
    BUCKETS.put("a/movie.mp4", CONTENT);
  }

  @AfterEach
  void close() {
    BUCKETS.server.mend();
    storage.close();
  }

  @Test
  void input_itsNames_areOfItsKey() {
    InputFile file = storage.input("s3://in-1/a/movie.mp4", null);
    assertThat(file.name()).isEqualTo("s3://in-1/a/movie.mp4");
    assertThat(file.fileName()).isEqualTo("movie.mp4");
    assertThat(file.folderName()).isEqualTo("a");
    assertThat(file.size()).isEqualTo(SIZE);
  }

  @Test
  void read_manyThreadsManySizes_getTheBytes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (MediaSource source = storage.input("s3://in-1/a/movie.mp4", null).open()) {
      List<Callable<Boolean>> reads = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Random random = new Random(i);
        int length = random.nextInt(i % 2 == 0 ? 40 : 256 * 1024);
        int at = random.nextInt(SIZE - length);
        reads.add(
            () ->
                Arrays.equals(
                    Reads.bytes(source, at, length), Reads.part(CONTENT, at, at + length)));
      }
      for (Future<Boolean> read : threads.invokeAll(reads)) {
        assertThat(read.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void read_fromStartToEnd_isFetchedOnceInLargePieces() {
    try (MediaSource source = storage.input("s3://in-1/a/movie.mp4", null).open()) {
      for (int at = 0; at < SIZE; at += 10_000) {
        int length = Math.min(10_000, SIZE - at);
        assertThat(Reads.bytes(source, at, length)).isEqualTo(Reads.part(CONTENT, at, at + length));
      }
    }
    assertThat(BUCKETS.server.requests()).filteredOn(r -> r.startsWith("GET")).hasSizeLessThan(7);
  }

  @Test
  void read_behindTheEnd_isTruncated() {
    try (MediaSource source = storage.input("s3://in-1/a/movie.mp4", null).open()) {
      assertThat(Reads.code(() -> Reads.bytes(source, SIZE - 5, 6))).isEqualTo("input-truncated");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "SLOW_DOWN", "RESET", "CUT"})
  void read_faultsThatPass_areOvercome(FaultyServer.Fault fault) {
    try (MediaSource source = storage.input("s3://in-1/a/movie.mp4", null).open()) {
      BUCKETS.server.breakFirst(2, "GET ", fault);
      assertThat(Reads.bytes(source, 1_000_000, 700_000))
          .isEqualTo(Reads.part(CONTENT, 1_000_000, 1_700_000));
    }
    assertThat(BUCKETS.server.requests().size()).isGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR,storage-unavailable,true",
    "SLOW_DOWN,storage-unavailable,true",
    "RESET,storage-unavailable,true",
    "CUT,storage-unavailable,true",
    "DENIED,storage-denied,false"
  })
  void read_faultsThatLast_areTold(FaultyServer.Fault fault, String code, boolean retryable) {
    try (MediaSource source = storage.input("s3://in-1/a/movie.mp4", null).open()) {
      BUCKETS.server.breakBy(line -> line.startsWith("GET ") ? fault : null);
      StorageException e =
          catchThrowableOfType(StorageException.class, () -> Reads.bytes(source, 0, 10_000));
      assertThat(e.code()).isEqualTo(code);
      assertThat(e.retryable()).isEqualTo(retryable);
      assertThat(e.getMessage()).contains("s3://in-1/a/movie.mp4").doesNotContain(Buckets.SECRET);
      BUCKETS.server.mend();
      assertThat(Reads.bytes(source, 0, 10))
          .as("the next try")
          .isEqualTo(Reads.part(CONTENT, 0, 10));
    }
  }

  @Test
  void read_objectReplacedMeanwhile_isRefused() {
    try (MediaSource source = storage.input("s3://in-1/a/movie.mp4", null).open()) {
      Reads.bytes(source, 0, 10);
      byte[] other = CONTENT.clone();
      other[SIZE - 1]++;
      BUCKETS.put("a/movie.mp4", other);
      assertThat(Reads.code(() -> Reads.bytes(source, SIZE - 1, 1))).isEqualTo("input-changed");
      BUCKETS.put("a/movie.mp4", new byte[10]);
      assertThat(Reads.code(() -> Reads.bytes(source, SIZE / 2, 1))).isEqualTo("input-changed");
    }
  }

  @Test
  void inputs_pattern_listsByNumberWithoutAskingForEach() {
    for (int i : new int[] {10, 9, 11}) {
      BUCKETS.put("p/seg-" + i + ".m4s", new byte[i]);
    }
    BUCKETS.put("p/seg-12.m4s/deeper", new byte[1]);
    List<InputFile> files = storage.inputs("s3://in-1/p/seg-*.m4s", null);
    assertThat(files.stream().map(InputFile::fileName))
        .containsExactly("seg-9.m4s", "seg-10.m4s", "seg-11.m4s");
    assertThat(files.stream().map(InputFile::size)).containsExactly(9L, 10L, 11L);
    assertThat(BUCKETS.server.requests()).hasSize(1);
    assertThat(Reads.code(() -> storage.inputs("s3://in-1/p/none-*.m4s", null)))
        .isEqualTo("segments-not-found");
    assertThat(Reads.code(() -> storage.inputs("s3://in-1/*/seg-1.m4s", null)))
        .isEqualTo("invalid-segment-pattern");
  }

  @ParameterizedTest
  @CsvSource({
    "s3://in-1/none.mp4,storage-object-missing",
    "s3://in-none/a.mp4,storage-object-missing",
    "s3://private/a.mp4,storage-not-configured",
    "s3://in-1/,url-not-supported",
    "s3://in-1,url-not-supported",
    "s3:///a.mp4,url-not-supported",
    "s3://a/../b,url-not-supported",
    "https://example.com/a.mp4,storage-not-configured"
  })
  void size_ofWhatIsNotThere_isRefused(String url, String code) {
    assertThat(Reads.code(() -> storage.input(url, null).size())).isEqualTo(code);
  }

  @Test
  void size_wrongSecret_isDenied() {
    try (Storages other = BUCKETS.storage("another-secret")) {
      assertThat(Reads.code(() -> other.input("s3://in-1/a/movie.mp4", null).size()))
          .isEqualTo("storage-denied");
    }
  }
}
