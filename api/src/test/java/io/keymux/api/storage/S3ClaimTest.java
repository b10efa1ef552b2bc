package io.keymux.api.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.packager.job.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Two jobs whose outputs go to one folder. */
class S3ClaimTest {
  private static final List<String> MEDIA = List.of("1.m4s", "2.m4s", "3.m4s", "4.m4s");
  private static final List<String> LAST =
      List.of("keymux-report.json", "master.m3u8", "manifest.mpd");
  @RegisterExtension static final Buckets BUCKETS = new Buckets();

  @TempDir Path temp;
  private final Storages storage = BUCKETS.storage();

  /**
   * @param name of the job, and what all its files hold
   * @param prefix of the names of its files
   */
  private record Upload(S3ClaimTest test, String name, String prefix, boolean replace) {
    /** Runs to its end; does {@code meanwhile} before the given write. */
    @Nullable DrmException run(int write, Runnable meanwhile) {
      AtomicInteger writes = new AtomicInteger();
      Runnable guard =
          () -> {
            if (writes.incrementAndGet() == write) {
              meanwhile.run();
            }
          };
      return catchThrowableOfType(
          DrmException.class,
          () ->
              test.storage
                  .output("s3://out-1/to/", replace, null)
                  .put(folder(), names(LAST), guard, new CancelToken()));
    }

    private List<String> names(List<String> all) {
      return all.stream().map(file -> prefix + file).toList();
    }

    private Path folder() throws IOException {
      Path folder = Files.createDirectories(test.temp.resolve(name));
      for (List<String> all : List.of(MEDIA, LAST)) {
        for (String file : names(all)) {
          Files.writeString(folder.resolve(file), name);
        }
      }
      return folder;
    }

    private void requireWhole() {
      for (List<String> all : List.of(MEDIA, LAST)) {
        for (String file : names(all)) {
          assertThat(text("to/" + file)).as(file).isEqualTo(name);
        }
      }
    }
  }

  @BeforeEach
  @AfterEach
  void empty() {
    BUCKETS.server.mend();
    BUCKETS
        .keys("out-1")
        .forEach(key -> BUCKETS.client.deleteObject(r -> r.bucket("out-1").key(key)));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "4", "7"})
  void put_whileAnotherJobUploads_oneIsWholeAndOneRefused(int write) {
    Upload first = new Upload(this, "first", "", false);
    Upload second = new Upload(this, "second", "", false);
    DrmException[] later = new DrmException[1];
    DrmException earlier = first.run(write, () -> later[0] = second.run(0, () -> {}));
    // Whoever writes the report first has the folder.
    if (write == 1) {
      assertThat(later[0]).isNull();
      assertThat(earlier).hasFieldOrPropertyWithValue("code", "output-exists");
      second.requireWhole();
    } else {
      assertThat(later[0]).hasFieldOrPropertyWithValue("code", "output-exists");
      assertThat(earlier).isNull();
      first.requireWhole();
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "4", "7"})
  void put_namesOfItsOwnInTheSameFolder_bothAreWhole(int write) {
    Upload first = new Upload(this, "first", "a-", false);
    Upload second = new Upload(this, "second", "b-", false);
    assertThat(first.run(write, () -> assertThat(second.run(0, () -> {})).as("second").isNull()))
        .isNull();
    first.requireWhole();
    second.requireWhole();
  }

  @ParameterizedTest
  @CsvSource({"false,output-exists", "true,storage-denied"})
  void put_replacedByAnotherJob_leavesWhatThatWrote(boolean fails, String code) {
    Upload first = new Upload(this, "first", "", false);
    Upload second = new Upload(this, "second", "", true);
    DrmException refusal =
        first.run(
            6,
            () -> {
              assertThat(second.run(0, () -> {})).isNull();
              if (fails) {
                BUCKETS.server.breakBy(
                    line -> line.startsWith("PUT ") ? FaultyServer.Fault.DENIED : null);
              }
            });
    assertThat(refusal).hasFieldOrPropertyWithValue("code", code);
    assertThat(BUCKETS.keys("out-1")).hasSize(7);
    LAST.forEach(file -> assertThat(text("to/" + file)).isEqualTo("second"));
  }

  @ParameterizedTest
  @CsvSource({
    "dead,   second, false, output-exists",
    "dead,   second, true,",
    "second, second, false,",
    ",       second, false, output-exists"
  })
  void put_claimOfADeadJob_isOfItsOwnNextAttempt(
      @Nullable String dead, String job, boolean replace, @Nullable String code) {
    BUCKETS.client.putObject(
        r -> {
          r.bucket("out-1").key("to/keymux-report.json");
          if (dead != null) {
            r.metadata(Map.of("keymux-attempt", dead + ".1234"));
          }
        },
        RequestBody.fromString("{}"));
    Upload upload = new Upload(this, job, "", replace);
    DrmException refusal = upload.run(0, () -> {});
    assertThat(refusal == null ? null : refusal.code()).isEqualTo(code);
    if (code == null) {
      upload.requireWhole();
    } else {
      assertThat(BUCKETS.keys("out-1")).containsExactly("to/keymux-report.json");
    }
  }

  /** A storage that tells a write of something that goes on must not make us delete a rival's. */
  @Test
  void put_conflictThatLasts_leavesTheRivalsManifest() {
    Upload upload = new Upload(this, "first", "", false);
    BUCKETS.server.breakBy(
        line -> {
          if (!line.startsWith("PUT ") || !line.contains("manifest.mpd")) {
            return null;
          }
          BUCKETS.client.putObject(
              r -> r.bucket("out-1").key("to/manifest.mpd"), RequestBody.fromString("rival"));
          return FaultyServer.Fault.CONFLICT;
        });
    DrmException refusal = upload.run(0, () -> {});
    assertThat(refusal).hasFieldOrPropertyWithValue("code", "storage-unavailable");
    assertThat(text("to/manifest.mpd")).isEqualTo("rival");
    assertThatCode(() -> text("to/1.m4s")).doesNotThrowAnyException();
  }

  private static String text(String key) {
    return BUCKETS.client.getObjectAsBytes(r -> r.bucket("out-1").key(key)).asUtf8String();
  }
}
