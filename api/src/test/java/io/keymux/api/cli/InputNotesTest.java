package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users say of an input, and where it ends up in manifests. */
class InputNotesTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");

  @TempDir Path folder;
  private final RecordedConsole console = new RecordedConsole();

  private int run(String... args) {
    return console.run(Map.of("KEYMUX_DATA", folder.resolve("data").toString()), args);
  }

  @Test
  void package_notesOnInputs_standInBothManifests() throws IOException {
    Path commented = Files.copy(LADDER.resolve("audio-stereo.mp4"), folder.resolve("other.mp4"));
    Path output = folder.resolve("out");

    int code =
        run(
            "package",
            LADDER.resolve("video-360p.mp4") + ",hdcp-level=none",
            LADDER.resolve("video-720p.mp4")
                + ",hdcp-level=TYPE-1,allowed-cpc=com.example.a:HW;com.example.b:HW/PC",
            LADDER.resolve("audio-stereo.mp4") + ",language=en,preferred=yes",
            commented
                + ",language=en-GB,role=commentary,role=alternate,name=The director at length",
            "--preset",
            "preset1",
            "--trick-play",
            "-o",
            output.toString());

    assertThat(code).as(console.err.toString()).isZero();
    assertThat(Files.readString(output.resolve("master.m3u8")))
        .contains("LANGUAGE=\"en\",NAME=\"English\",DEFAULT=YES,AUTOSELECT=YES")
        .contains("LANGUAGE=\"en-GB\",NAME=\"The director at length\",DEFAULT=NO")
        .contains("RESOLUTION=640x360,FRAME-RATE=24.000,HDCP-LEVEL=NONE,")
        .contains("HDCP-LEVEL=TYPE-1,ALLOWED-CPC=\"com.example.a:HW,com.example.b:HW/PC\"");
    assertThat(Files.readString(output.resolve("manifest.mpd")))
        .contains("lang=\"en\" selectionPriority=\"2\"")
        .contains("<Label>The director at length</Label>")
        .contains("value=\"alternate\"/>")
        .contains("value=\"commentary\"/>")
        .contains("<EssentialProperty schemeIdUri=\"http://dashif.org/guidelines/trickmode\"");
  }

  @Test
  void package_policyOfTracksThatShareAKey_isRefused() {
    int code =
        run(
            "package",
            LADDER.resolve("video-360p.mp4").toString(),
            LADDER.resolve("video-720p.mp4") + ",hdcp-level=TYPE-1",
            "-o",
            folder.resolve("out").toString());

    assertThat(code).isEqualTo(3);
    assertThat(console.err.toString())
        .contains("error[policy-of-shared-key]: Tracks video-360p and video-720p share KID");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role=director                | \"director\" is none of main, alternate,",
        "role=                        | \"\" is none of main",
        "preferred=maybe              | \"maybe\" is neither yes nor no.",
        "preferred=yes,preferred=yes  | has two of preferred",
        "name=                        | has an empty name",
        "name=a\"b                    | without quotes",
        "hdcp-level=2.2               | \"2.2\" is none of NONE, TYPE-0, TYPE-1.",
        "allowed-cpc=HW               | is not KEYFORMAT:LABEL/LABEL",
      })
  void package_wrongNote_isRefused(String notes, String message) {
    List<String> args = new ArrayList<>(List.of("package", "in.mp4," + notes, "-o", "out"));

    assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
    assertThat(console.err.toString()).contains(message);
  }
}
