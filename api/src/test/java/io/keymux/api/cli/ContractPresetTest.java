package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption contracts of SPEKE as key rules of the command line. */
class ContractPresetTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");

  @TempDir Path folder;
  private final RecordedConsole console = new RecordedConsole();

  private int run(String command, String preset, String... more) {
    List<String> args = new ArrayList<>(List.of(command));
    for (String name : List.of("video-360p", "video-540p", "video-720p", "audio-stereo")) {
      args.add(LADDER.resolve(name + ".mp4").toString());
    }
    args.addAll(List.of("--preset", preset));
    args.addAll(List.of(more));
    return console.run(
        Map.of("KEYMUX_DATA", folder.resolve("data").toString()), args.toArray(String[]::new));
  }

  @Test
  void plan_contract_saysWhichNumbersOfATrackDecide() {
    assertThat(run("plan", "speke:VIDEO_3+AUDIO_2")).as(console.err.toString()).isZero();

    assertThat(console.out.toString())
        .containsSubsequence(
            "  video-360p (",
            "Usage rule 1 (SD) matches by VideoFilter maxPixels=589824 (track has 230400 pixels).",
            "Usage rule 3 (UHD) does not match: VideoFilter minPixels=2073601: track has 230400"
                + " pixels.",
            "  video-720p (",
            "Usage rule 2 (HD) matches by VideoFilter minPixels=589825 maxPixels=2073600 (track"
                + " has 921600 pixels).",
            "  audio-",
            "Usage rule 4 (STEREO_AUDIO) matches by AudioFilter maxChannels=2 (track has 2"
                + " channels).");
  }

  /** The same asset has the same keys again, whatever else is in the job. */
  @Test
  void package_contract_givesTracksOfOneTierOneKey() throws IOException {
    Path output = folder.resolve("out");

    int code =
        run("package", "speke:VIDEO_2+AUDIO_1", "-o", output.toString(), "--content-id", "m");

    assertThat(code).as(console.err.toString()).isZero();
    Map<String, String> kids = kids(output);
    assertThat(kids.get("video-360p")).isEqualTo(kids.get("video-540p"));
    assertThat(List.copyOf(kids.values())).doesNotContainNull();
    assertThat(kids.values().stream().distinct()).hasSize(3);
  }

  @Test
  void package_unencryptedAudio_staysClearAndThePlanSaysSo() throws IOException {
    String preset = "speke:VIDEO_1+UNENCRYPTED";
    assertThat(run("plan", preset)).as(console.err.toString()).isZero();
    assertThat(console.out.toString())
        .contains("    clear: Key rule speke:VIDEO_1+UNENCRYPTED leaves audio unencrypted.");

    Path output = folder.resolve("out");
    assertThat(run("package", preset, "-o", output.toString())).as(console.err.toString()).isZero();
    Map<String, String> kids = kids(output);
    assertThat(kids).containsEntry("audio-2ch", null);
    assertThat(kids.get("video-360p")).isNotNull().isEqualTo(kids.get("video-720p"));
  }

  private static Map<String, String> kids(Path output) throws IOException {
    JsonNode report =
        Json.mapper().readTree(Files.readAllBytes(output.resolve("keymux-report.json")));
    assertThat(report.path("keyRule").asText()).startsWith("speke:");
    Map<String, String> kids = new HashMap<>();
    for (JsonNode track : report.path("tracks")) {
      kids.put(track.path("name").asText(), track.path("keyId").asText(null));
    }
    return kids;
  }

  @Test
  void package_noSuchContract_saysWhichThereAre() {
    assertThat(run("plan", "speke:VIDEO_9+AUDIO_1")).isNotZero();
    assertThat(console.err.toString())
        .contains("\"speke:VIDEO_9+AUDIO_1\" is not an encryption contract of SPEKE")
        .contains("VIDEO_1 to VIDEO_8");
  }
}
