package io.keymux.docs.mps;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.mps.v20190612.MpsClient;
import io.keymux.api.cli.Cli;
import io.keymux.api.cli.Console;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.MpsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The configuration, the command and the Java of mps.md, as they stand there. */
class MpsGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", "../.."));
  private static final Pattern STARTED = Pattern.compile("Keymux answers at (\\S+)");

  @RegisterExtension static final TestBuckets buckets = new TestBuckets();

  @TempDir Path folder;

  private static List<String> blocks(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("docs/mps.md")));
    List<String> blocks = new ArrayList<>();
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  @Test
  void movingOver_asItStandsThere_runsATask() throws Exception {
    Path media = folder.resolve("media");
    Files.createDirectories(media.resolve("in"));
    Files.copy(
        ROOT.resolve("test-vectors/vectors/sample-ladder/video-360p.mp4"),
        media.resolve("in/film.mp4"));
    Path config = folder.resolve("keymux.yaml");
    Files.writeString(config, blocks("yaml").get(0).replace("/srv/media", media.toString()));
    List<String> words = words(blocks("sh").get(0), config);
    words.replaceAll(word -> word.replace("/srv/media", media.toString()));
    words.addAll(List.of("--port", "0"));
    StringWriter out = new StringWriter();
    Thread service = new Thread(() -> Cli.run(console(out), words.toArray(String[]::new)));
    service.setDaemon(true);
    service.start();
    try {
      MpsClient client = client(started(out));

      assertThat(MpsRig.run(client, MpsRig.request(20, null, "out")).getStatus())
          .isEqualTo("SUCCESS");
    } finally {
      service.interrupt();
    }
  }

  @Test
  void buckets_asTheyStandThere_areUsedAndTheOutputVerifies() throws Exception {
    buckets.put("in/film.mp4", MpsRig.film());
    Path config = folder.resolve("keymux.yaml");
    Files.writeString(
        config,
        blocks("yaml")
            .get(1)
            .replace("https://s3.example", buckets.endpoint())
            .replace("AKIAEXAMPLE", TestBuckets.KEY_ID));
    StringWriter out = new StringWriter();
    Thread service =
        new Thread(
            () -> Cli.run(console(out), "serve", "--config", config.toString(), "--port", "0"));
    service.setDaemon(true);
    service.start();
    try {
      MpsClient client = client(started(out));

      var cos = BucketRequests.cos(MpsRig.request(20, null, "out"), "in/film.mp4");
      var result = MpsRig.run(client, cos);
      assertThat(result.getStatus()).as(result.getMessage()).isEqualTo("SUCCESS");
      StringWriter judged = new StringWriter();
      int code =
          Cli.run(console(judged), words(blocks("sh").get(1), config).toArray(String[]::new));
      assertThat(code).as(judged.toString()).isZero();
      assertThat(blocks("sh").get(1)).contains(result.getOutput().getPath());

      var s3 =
          BucketRequests.s3(
              MpsRig.request(20, null, "s3"),
              "in/film.mp4",
              BucketRequests.S3_REGION,
              TestBuckets.SECRET);
      assertThat(MpsRig.run(client, s3).getStatus()).isEqualTo("SUCCESS");
    } finally {
      service.interrupt();
    }
  }

  /** What follows {@code keymux} in a command of the guide. */
  private static List<String> words(String block, Path config) {
    String command = block.strip();
    assertThat(command).startsWith("keymux ");
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
    words.remove(0);
    words.replaceAll(word -> word.equals("keymux.yaml") ? config.toString() : word);
    return words;
  }

  private Console console(StringWriter out) {
    return new Console(
        new PrintWriter(out, true),
        new PrintWriter(out, true),
        new ByteArrayInputStream(new byte[0]),
        Map.of(
            "MPS_SECRET",
            MpsRig.SECRET_KEY,
            "STORE_SECRET",
            TestBuckets.SECRET,
            "KEYMUX_DATA",
            folder.resolve("data").toString()),
        0);
  }

  private static URI started(StringWriter out) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (true) {
      Matcher line = STARTED.matcher(out.toString());
      if (line.find()) {
        return URI.create(line.group(1));
      }
      assertThat(Instant.now()).as(out.toString()).isBefore(end);
      Thread.sleep(50);
    }
  }

  private static MpsClient client(URI uri) {
    HttpProfile http = new HttpProfile();
    http.setProtocol(HttpProfile.REQ_HTTP);
    http.setEndpoint("127.0.0.1:8080");
    assertThat(http.getEndpoint()).isEqualTo("127.0.0.1:8080");
    http.setEndpoint(uri.getAuthority());
    ClientProfile profile = new ClientProfile();
    profile.setHttpProfile(http);
    return new MpsClient(
        new Credential(MpsRig.SECRET_ID, MpsRig.SECRET_KEY), MpsRig.REGION, profile);
  }

  @Test
  void java_ofTheGuide_isWhatThisTestDoes() throws IOException {
    String test =
        Files.readString(
            ROOT.resolve("docs/mps-sdk/src/test/java/io/keymux/docs/mps/MpsGuideTest.java"));

    assertThat(blocks("java")).hasSize(1);
    for (String line : blocks("java").get(0).strip().split("\n", -1)) {
      assertThat(test).contains(line.strip());
    }
  }

  @Test
  void bucketEvents_ofTheGuide_areAConfiguration() throws IOException {
    Path config = Files.writeString(folder.resolve("events.yaml"), blocks("yaml").get(2));

    MpsSettings settings =
        Objects.requireNonNull(
            ConfigFile.read(config).mpsSettings(Map.of("S3_SECRET", "x", "KEY_SERVER", "y")));

    assertThat(settings.bucketEvents()).hasSize(1);
    assertThat(settings.bucketEvents().get(0).queue()).isEqualTo("uploads");
  }
}
