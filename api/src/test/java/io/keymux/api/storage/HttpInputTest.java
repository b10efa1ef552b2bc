package io.keymux.api.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.config.HttpInputs;
import io.keymux.api.config.NameGlob;
import io.keymux.api.config.Roots;
import io.keymux.api.config.StorageSettings;
import io.keymux.api.problem.StorageException;
import io.keymux.keyserver.http.AddressPolicy;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SegmentPlaylist;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HttpInputTest {
  private static final int SIZE = 3_000_000;
  private static final RangeServer FILES = new RangeServer();
  private static final FaultyServer SERVER = new FaultyServer(FILES.port());
  private static final byte[] CONTENT = content();
  private static final Storages STORAGE =
      Storages.of(
          Roots.of(List.of()),
          new StorageSettings(
              new HttpInputs(AddressPolicy.PUBLIC_OR_LOOPBACK, List.of(NameGlob.of("127.0.0.*"))),
              List.of(),
              null));

  private static byte[] content() {
    byte[] content = new byte[SIZE];
    new Random(7).nextBytes(content);
    return content;
  }

  @BeforeEach
  void reset() {
    SERVER.mend();
    FILES.files.clear();
    FILES.redirects.clear();
    FILES.headers.clear();
    FILES.ranges = true;
    FILES.etag = "\"one\"";
    FILES.files.put("/a/movie.mp4", CONTENT);
  }

  @AfterAll
  static void close() {
    STORAGE.close();
    SERVER.close();
    FILES.close();
  }

  @Test
  void read_fromStartToEnd_byFewRangesOfOneVersion() {
    try (MediaSource source = input("/a/movie.mp4?token=canary").open()) {
      assertThat(source.size()).isEqualTo(SIZE);
      for (int at = 0; at < SIZE; at += 10_000) {
        int length = Math.min(10_000, SIZE - at);
        assertThat(Reads.bytes(source, at, length)).isEqualTo(Reads.part(CONTENT, at, at + length));
      }
    }
    assertThat(SERVER.requests()).hasSizeLessThan(7).allMatch(r -> r.contains("?token=canary"));
    assertThat(FILES.headers.stream().skip(1))
        .allSatisfy(sent -> assertThat(sent.get("If-range")).containsExactly("\"one\""));
  }

  @Test
  void name_ofSignedUrl_isWithoutItsQuery() {
    InputFile file = input("/a/movie%20one.mp4?token=canary#part");
    assertThat(file.name()).isEqualTo(SERVER.uri() + "/a/movie%20one.mp4").hasToString(file.name());
    assertThat(file.fileName()).isEqualTo("movie one.mp4");
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "SLOW_DOWN", "RESET", "CUT"})
  void read_faultsThatPass_areOvercome(FaultyServer.Fault fault) {
    try (MediaSource source = input("/a/movie.mp4").open()) {
      SERVER.breakFirst(2, "GET ", fault);
      assertThat(Reads.bytes(source, 1_000_000, 700_000))
          .isEqualTo(Reads.part(CONTENT, 1_000_000, 1_700_000));
    }
    assertThat(SERVER.requests().size()).isGreaterThan(2);
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
    try (MediaSource source = input("/a/movie.mp4?token=canary").open()) {
      SERVER.breakBy(line -> fault);
      StorageException e =
          catchThrowableOfType(StorageException.class, () -> Reads.bytes(source, 0, 10_000));
      assertThat(e.code()).isEqualTo(code);
      assertThat(e.retryable()).isEqualTo(retryable);
      assertThat(e.getMessage()).contains("/a/movie.mp4").doesNotContain("canary");
    }
  }

  @Test
  void read_fileReplacedMeanwhile_isRefused() {
    try (MediaSource source = input("/a/movie.mp4").open()) {
      FILES.etag = "\"two\"";
      assertThat(Reads.code(() -> Reads.bytes(source, 0, 1))).isEqualTo("input-changed");
    }
    FILES.etag = null;
    try (MediaSource source = input("/a/movie.mp4").open()) {
      Reads.bytes(source, 0, 1);
      FILES.files.put("/a/movie.mp4", new byte[SIZE - 1]);
      assertThat(Reads.code(() -> Reads.bytes(source, 2_000_000, 1))).isEqualTo("input-changed");
    }
  }

  @Test
  void size_noRanges_isRefused() {
    FILES.ranges = false;
    assertThat(Reads.code(() -> input("/a/movie.mp4").size())).isEqualTo("storage-ranges-missing");
  }

  @Test
  void size_emptyFile_isNone() {
    FILES.files.put("/a/empty.mp4", new byte[0]);
    assertThat(input("/a/empty.mp4").size()).isZero();
  }

  @Test
  void size_redirects_areFollowedThreeTimes() {
    FILES.redirects.put("/1", "/2");
    FILES.redirects.put("/2", SERVER.uri() + "/3");
    FILES.redirects.put("/3", "a/movie.mp4");
    assertThat(input("/1").size()).isEqualTo(SIZE);
    FILES.redirects.put("/0", "/1");
    assertThat(Reads.code(() -> input("/0").size())).isEqualTo("storage-redirect-refused");
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/latest/meta-data",
    "http://localhost:1/",
    "file:///etc/passwd",
    "http://user:pass@127.0.0.1/x",
    "http://[::1]/x",
    "gopher://127.0.0.1/x"
  })
  void size_redirectElsewhere_isRefused(String target) {
    FILES.redirects.put("/r", target);
    assertThat(Reads.code(() -> input("/r").size())).isEqualTo("storage-redirect-refused");
    assertThat(SERVER.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"/none.mp4,storage-object-missing", "/secret/a.mp4,storage-denied"})
  void size_ofWhatIsNotThere_isRefused(String path, String code) {
    assertThat(Reads.code(() -> input(path).size())).isEqualTo(code);
  }

  @Test
  void inputs_wildcard_isRefused() {
    assertThat(Reads.code(() -> STORAGE.inputs(SERVER.uri() + "/seg-*.m4s", null)))
        .isEqualTo("storage-wildcard-refused");
  }

  @Test
  void named_ofPlaylist_areItsFiles() {
    FILES.files.put(
        "/v/media.m3u8",
        "#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\nseg-1.m4s?x=1\n../w/seg-2.m4s\n#EXT-X-ENDLIST\n"
            .getBytes(StandardCharsets.UTF_8));
    FILES.files.put("/w/seg-2.m4s", new byte[22]);
    String url = SERVER.uri() + "/v/media.m3u8";
    SegmentPlaylist<InputFile> playlist =
        SegmentPlaylist.read(
            STORAGE.input(url, null), reference -> STORAGE.named(url, reference, null));
    assertThat(playlist.init().name()).isEqualTo(SERVER.uri() + "/v/init.mp4");
    assertThat(playlist.segments().get(1).size()).isEqualTo(22);
    assertThat(
            Reads.code(
                () ->
                    Objects.requireNonNull(
                        STORAGE.named(url, URI.create("http://10.0.0.1/a"), null))))
        .isEqualTo("storage-not-configured");
  }

  private static InputFile input(String path) {
    return STORAGE.input(SERVER.uri() + path, null);
  }
}
