package io.keymux.api.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command line from bucket to bucket, and what it made judged where it lies. */
class BucketJobTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
  @RegisterExtension static final Buckets BUCKETS = new Buckets();

  @TempDir Path temp;
  private Path config;

  @BeforeEach
  void configure() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), Buckets.SECRET + "\n");
    config =
        Files.writeString(
            temp.resolve("keymux.yaml"),
            """
            storage:
              http:
                addresses: public-or-loopback
                hosts: ["127.0.0.1"]
              s3:
                - buckets: ["in-*", "out-*"]
                  endpoint: %s
                  region: us-east-1
                  pathStyle: true
                  credentials:
                    type: static
                    accessKeyId: %s
                    secretAccessKey: ${file:%s}
            """
                .formatted(BUCKETS.server.uri(), Buckets.KEY_ID, secret));
    try (var files = Files.newDirectoryStream(LADDER, "*.mp4")) {
      files.forEach(file -> BUCKETS.put("ladder/" + file.getFileName(), file));
    }
  }

  @AfterEach
  void empty() {
    BUCKETS.server.mend();
    BUCKETS
        .keys("out-1")
        .forEach(key -> BUCKETS.client.deleteObject(r -> r.bucket("out-1").key(key)));
  }

  @Test
  void package_bucketToBucket_isTheSameAsFromFilesAndVerifies() throws Exception {
    ConsoleRun made =
        run(
            "package",
            "s3://in-1/ladder/video-720p.mp4",
            "s3://in-1/ladder/video-360p.mp4",
            "-o",
            "s3://out-1/a/");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("s3://out-1/a/manifest.mpd").doesNotContain("keymux-work-");
    Path local = temp.resolve("local");
    ConsoleRun same =
        run(
            "package",
            LADDER.resolve("video-720p.mp4").toString(),
            LADDER.resolve("video-360p.mp4").toString(),
            "-o",
            local.toString());
    assertThat(same.code()).as(same.err()).isZero();
    List<String> keys = BUCKETS.keys("out-1");
    assertThat(keys).hasSizeGreaterThan(10).contains("a/manifest.mpd", "a/master.m3u8");
    for (String key : keys) {
      if (!key.endsWith("keymux-report.json")) {
        byte[] stored =
            BUCKETS.client.getObjectAsBytes(r -> r.bucket("out-1").key(key)).asByteArray();
        assertThat(stored).as(key).isEqualTo(Files.readAllBytes(local.resolve(key.substring(2))));
      }
    }
    for (String url : List.of("s3://out-1/a/", "s3://out-1/a/master.m3u8")) {
      ConsoleRun judged = run("verify", url, "--report", "json");
      assertThat(judged.code()).as(judged.out() + judged.err()).isZero();
      JsonNode report = Json.mapper().readTree(judged.out());
      assertThat(report.path("samplesDecrypted").asInt()).isPositive();
    }
  }

  @Test
  void verify_brokenOutput_isFound() {
    assertThat(run("package", "s3://in-1/ladder/video-360p.mp4", "-o", "s3://out-1/b").code())
        .isZero();
    String segment =
        BUCKETS.keys("out-1").stream()
            .filter(k -> k.endsWith("seg-1.m4s"))
            .findFirst()
            .orElseThrow();
    BUCKETS.client.deleteObject(r -> r.bucket("out-1").key(segment));
    ConsoleRun judged = run("verify", "s3://out-1/b/");
    assertThat(judged.code()).isEqualTo(7);
    assertThat(judged.out()).contains("file-missing");
  }

  @Test
  void package_again_isRefusedUnlessReplaced() {
    String[] again = {"package", "s3://in-1/ladder/video-360p.mp4", "-o", "s3://out-1/c/"};
    assertThat(run(again).code()).isZero();
    ConsoleRun refused = run(again);
    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("error[output-exists]");
    assertThat(run("package", again[1], "-o", again[3], "--replace").code()).isZero();
  }

  @Test
  void package_overHttp_andVerifiedThere() throws Exception {
    try (RangeServer web = new RangeServer()) {
      web.files.put("/m.mp4", Files.readAllBytes(LADDER.resolve("video-360p.mp4")));
      String base = "http://127.0.0.1:" + web.port();
      Path out = temp.resolve("web");
      ConsoleRun made = run("package", base + "/m.mp4?token=x", "-o", out.toString());
      assertThat(made.code()).as(made.err()).isZero();
      try (var files = Files.walk(out)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          web.files.put("/to/" + out.relativize(file), Files.readAllBytes(file));
        }
      }
      ConsoleRun judged = run("verify", base + "/to/manifest.mpd");
      assertThat(judged.code()).as(judged.out() + judged.err()).isZero();
    }
  }

  @Test
  void package_storageFails_exitCodeSaysWhich() {
    ConsoleRun none = run("package", "s3://in-1/none.mp4", "-o", "s3://out-1/d/");
    assertThat(none.code()).isEqualTo(3);
    assertThat(none.err()).contains("error[storage-object-missing]: s3://in-1/none.mp4");
    assertThat(run("package", "s3://other/a.mp4", "-o", "s3://out-1/d/").err())
        .contains("error[storage-not-configured]");
    BUCKETS.server.breakBy(line -> line.startsWith("PUT") ? FaultyServer.Fault.DENIED : null);
    ConsoleRun denied = run("package", "s3://in-1/ladder/video-360p.mp4", "-o", "s3://out-1/d/");
    assertThat(denied.code()).isEqualTo(6);
    assertThat(denied.err()).contains("error[storage-denied]").doesNotContain(Buckets.SECRET);
    assertThat(BUCKETS.keys("out-1")).isEmpty();
  }

  private ConsoleRun run(String... arguments) {
    return ConsoleRun.of(temp.resolve("data"), config, arguments);
  }
}
