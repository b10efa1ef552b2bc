package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands in process: what they print and which exit code they give. */
class CliTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
  private static final String KEY =
      "0f083e4eb8314a3d917ece78076e54aa:000102030405060708090a0b0c0d0e0f";

  @TempDir Path folder;
  private final RecordedConsole console = new RecordedConsole();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  private int run(String... args) {
    return console.run(Map.of("KEYMUX_DATA", folder.resolve("data").toString()), args);
  }

  @Test
  void package_rawKey_writesOutputAndTellsIt() {
    int code =
        run(
            "package",
            LADDER.resolve("video-360p.mp4") + ",label=SD",
            LADDER.resolve("audio-stereo.mp4") + ",language=de",
            "-o",
            folder.resolve("out").toString(),
            "--drm",
            "clearkey",
            "--key-uri",
            "https://keys.example/{contentId}/{kid}",
            "--key",
            KEY);
    assertThat(err.toString()).contains("packaging").contains("verifying").doesNotContain("error");
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("manifest.mpd")
        .contains("master.m3u8")
        .contains("Verified");
    assertThat(folder.resolve("out/manifest.mpd")).exists();
    assertThat(folder.resolve("out/master.m3u8"))
        .content()
        .contains("https://keys.example/video-360p/0f083e4e-b831-4a3d-917e-ce78076e54aa");
    assertThat(out.toString() + err).doesNotContain("000102030405060708090a0b0c0d0e0f");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void package_json_printsLinesAndResult() throws IOException {
    int code =
        run(
            "package",
            LADDER.resolve("audio-stereo.mp4").toString(),
            "-o",
            folder.resolve("out").toString(),
            "--json");
    assertThat(code).as(err.toString()).isZero();
    String[] lines = out.toString().split("\\R", 0);
    JsonNode last = Json.mapper().readTree(lines[lines.length - 1]);
    assertThat(last.path("event").asText()).isEqualTo("result");
    assertThat(last.path("verification").path("passed").asBoolean()).isTrue();
    assertThat(Json.mapper().readTree(lines[0]).path("event").asText()).isEqualTo("progress");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void package_embeddedKeysTwice_areTheSame() throws IOException {
    for (String name : new String[] {"a", "b"}) {
      assertThat(
              run(
                  "package",
                  LADDER.resolve("audio-stereo.mp4").toString(),
                  "-o",
                  folder.resolve(name).toString()))
          .isZero();
    }
    Path track;
    try (var files = Files.walk(folder.resolve("a"))) {
      track = files.filter(f -> f.toString().endsWith(".m4s")).findFirst().orElseThrow();
    }
    assertThat(folder.resolve("b").resolve(folder.resolve("a").relativize(track)))
        .hasSameBinaryContentAs(track);
  }

  @Test
  void plan_ladder_printsTracksWithoutAskingForKeys() {
    int code = run("plan", LADDER.resolve("video-720p.mp4").toString(), "--preset", "preset1");
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("1280x720").contains("KID").contains("as asked for");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void plan_severalTracks_saysOfEveryRuleWhyItIsNotTheTracks() {
    int code =
        run(
            "plan",
            LADDER.resolve("video-360p.mp4").toString(),
            LADDER.resolve("audio-stereo.mp4").toString(),
            "--preset",
            "per-type");
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "  video-360p (",
            "    KID ",
            " (as asked for), Usage rule 1 (VIDEO) matches by VideoFilter.\n",
            "      Usage rule 2 (AUDIO) does not match: AudioFilter: track is video.\n",
            "  audio-",
            "    KID ",
            " (as asked for), Usage rule 2 (AUDIO) matches by AudioFilter.\n",
            "      Usage rule 1 (VIDEO) does not match: VideoFilter: track is audio.\n",
            "files:");
  }

  @Test
  void verify_ownOutput_passesWithTheSeedAndFailsWithAWrongKey() throws IOException {
    Path out1 = folder.resolve("out");
    String source = LADDER.resolve("video-360p.mp4").toString();
    assertThat(run("package", source, "-o", out1.toString(), "--content-id", "v1")).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("verify", out1.toString(), "--source", source, "--report", "json"))
        .as(out.toString() + err)
        .isZero();
    JsonNode report = Json.mapper().readTree(out.toString());
    assertThat(report.path("passed").asBoolean()).isTrue();
    assertThat(report.path("samplesEqualToSource").asLong()).isPositive();
    String kid =
        Json.mapper()
            .readTree(out1.resolve("keymux-report.json").toFile())
            .path("tracks")
            .path(0)
            .path("keyId")
            .asText();
    out.getBuffer().setLength(0);
    String wrong = kid + ":00112233445566778899aabbccddeeff";
    assertThat(
            run("verify", out1.toString(), "--key", wrong, "--source", source, "--report", "junit"))
        .as("only the source tells every wrong key for certain")
        .isEqualTo(7);
    assertThat(out.toString()).contains("<failure").doesNotContain("00112233445566778899");
    assertThat(run("verify", out1.toString(), "--key", "x")).isEqualTo(2);
    assertThat(run("verify", "https://127.0.0.1/a.mpd")).isEqualTo(3);
    assertThat(err.toString()).contains("storage-address-refused");
    assertThat(run("verify", folder.resolve("none").toString())).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                     | 2 | error[usage]",
        "nothing                              | 2 | \"nothing\" is not a command",
        "--nothing                            | 2 | --nothing is not an option of \"keymux\"",
        "pssh                                 | 2 | Missing required subcommand",
        "pssh nothing                         | 2 | the commands are inspect",
        "package                              | 2 | error[usage]",
        "package in.mp4                       | 2 | Missing required option: '--output=DIR'",
        "package -o OUT                       | 2 | Missing required parameter: 'INPUT'",
        "package in.mp4 -o OUT --formats hls,x | 2 | choose hls or dash",
        "package in.mp4 -o OUT --formats ,    | 2 | No format is asked for",
        "package in.mp4,label= -o OUT         | 2 | has an empty label",
        "package in.mp4,segments= -o OUT      | 2 | has an empty segments",
        "package in.mp4,segments=a.m4s -o OUT | 3 | error[invalid-segment-pattern]",
        "package in.mp4,segments=no-*.m4s -o OUT | 3 | error[segments-not-found]",
        "package no.m3u8 -o OUT               | 3 | error[input-unreadable]",
        "package in.mp4,label=a,language=en,label=b -o OUT | 2 | has two of label",
        "package in.mp4,language=x1 -o OUT    | 2 | is no language tag",
        "package in.mp4 -o OUT --segment-duration x | 2 | 'x' is not a double",
        "verify a b                           | 2 | Unmatched argument: 'b'",
        "verify a --report x                  | 2 | choose text or json or junit",
        "package in.mp4 -o OUT --clear-lead -3 | 2 | --clear-lead: -3.0 s is not a clear lead",
        "package in.mp4 -o OUT --key-period 0.5 | 2 | --key-period: 0.5 s",
        "package in.mp4 -o OUT --key-change now | 2 | Use sample-groups or new-periods",
        "package in.mp4 -o OUT --iv-size 12   | 2 | --iv-size: IVs of 12 bytes",
        "package in.mp4 -o OUT --pattern 2:8  | 2 | Use 1:9, 5:5 or 10:0",
        "package in.mp4 -o OUT --scheme ctr   | 2 | choose cenc or cbcs or cens or cbc1",
        "package in.mp4 -o OUT --drm marlin   | 2 | Use widevine, playready, fairplay or clearkey",
        "package in.mp4 -o OUT --container ts | 2 | In MPEG-TS there is AES-128",
        "package in.mp4 -o OUT --container mov | 2 | choose fmp4 or ts",
        "package in.mp4 -o OUT --drm aes-128 --formats dash | 2 | --formats: AES-128 is for HLS alone",
        "package in.mp4 -o OUT --drm aes-128 --layout single-file | 2 | files of their own",
        "package in.mp4 -o OUT --encrypt-init | 2 | --encrypt-init: Only AES-128 encrypts init segments",
        "package in.mp4 -o OUT --drm aes-128 --container ts --encrypt-init | 2 | have no init segment",
        "package in.mp4 -o OUT --drm aes-128,widevine | 2 | Name aes-128 alone",
        "package in.mp4 -o OUT --drm sample-aes --container fmp4 | 2 | sample-aes is the encryption of MPEG-TS",
        "package in.mp4 -o OUT --engine gpac | 2 | choose native",
        "package in.mp4 -o OUT --iv 12        | 2 | 16 or 32 hex digits",
        "package in.mp4 -o OUT --drm fairplay --scheme cenc | 2 | --scheme: fairplay never plays cenc",
        "package in.mp4 -o OUT --segment-duration 0.1 | 2 | --segment-duration",
        "package in.mp4 -o OUT --key-server ftp://u:secret@x | 2 | not an http or https URL",
        "package in.mp4 -o OUT --cpix a --key b | 2 | three sources of keys",
        "package in.mp4 -o OUT                | 3 | error[input-unreadable]",
        "package LADDER/SOURCES.md -o OUT     | 3 | error[",
        "package LADDER/audio-stereo.mp4 -o OUT --key zz | 3 | error[invalid-raw-key]",
        "package LADDER/audio-stereo.mp4 -o OUT --key-server http://127.0.0.1:9/x | 4 | error[key-server-unreachable]",
        "package LADDER/audio-stereo.mp4 -o LADDER/SOURCES.md/x | 6 | error[",
        "serve --host 0.0.0.0                 | 3 | error[bind-refused]",
        "access key                           | 2 | would allow nothing",
        "access key --scope jobs:all          | 2 | That is no scope",
        "access key --scope jobs:read --tenant a/b | 2 | no name of a tenant",
        "audit verify --data OUT              | 6 | error[audit-log]",
        "serve --port 99999                   | 2 | is not a port",
        "cpix inspect nothing.xml             | 3 | error[input-unreadable]",
        "pssh inspect zz                      | 3 | error[",
      })
  void command_wrong_givesCodeAndOneLine(String line, int code, String text) {
    String given = line == null ? "" : line;
    String[] args =
        given
            .replace("LADDER", LADDER.toString())
            .replace("OUT", folder.resolve("out").toString())
            .strip()
            .split(" +", 0);
    int actual = given.isBlank() ? run() : run(args);
    assertThat(err.toString()).contains(text).doesNotContain("secret").doesNotContain("\tat ");
    assertThat(actual).as(err.toString()).isEqualTo(code);
    assertThat(err.toString().lines().filter(l -> l.startsWith("error["))).hasSize(1);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void debug_failure_printsTheTrace() {
    assertThat(run("--debug", "cpix", "inspect", "nothing.xml")).isEqualTo(3);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void help_everyCommand_isThere() {
    for (String command :
        new String[] {"package", "plan", "serve", "demo", "doctor", "pssh", "cpix", "verify"}) {
      assertThat(run(command, "--help")).as(command).isZero();
    }
    assertThat(out.toString()).contains("--preset").contains("--key-server").contains("--once");
  }

  @Test
  void help_root_listsCommandsAndTheVersionIsSaidEverywhere() {
    assertThat(run("-h")).isZero();
    assertThat(out.toString())
        .contains("Usage: keymux [OPTIONS] COMMAND")
        .contains("  package  Makes protected HLS and DASH")
        .contains("Exit codes: 0 ok");
    for (String[] args : new String[][] {{"-V"}, {"pssh", "--version"}, {"package", "-V"}}) {
      out.getBuffer().setLength(0);
      assertThat(run(args)).isZero();
      assertThat(out.toString()).startsWith("keymux ");
    }
  }

  @Test
  void psshInspect_widevineBox_tellsItsKid() throws IOException {
    String box =
        "00000038707373680000000"
            + "0edef8ba979d64acea3c827dcd51d21ed0000001812100f083e4eb8314a3d917ece78076e54aa"
            + "48e3dc959b06";
    assertThat(run("pssh", "inspect", box)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("0f083e4e-b831-4a3d-917e-ce78076e54aa");
    out.getBuffer().setLength(0);
    assertThat(run("pssh", "inspect", box, "--json")).isZero();
    assertThat(Json.mapper().readTree(out.toString()).path(0).path("keyIds").path(0).asText())
        .isEqualTo("0f083e4e-b831-4a3d-917e-ce78076e54aa");
  }

  @Test
  void demo_once_provesTheLadder() {
    assertThat(run("demo", "--once", "--port", "0")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("compared and equal to the source")
        .contains("/manifest.mpd")
        .contains("/master.m3u8")
        .contains("/player?job=");
  }

  @Test
  void doctor_json_listsChecks() throws IOException {
    assertThat(run("doctor", "--json")).isZero();
    JsonNode found = Json.mapper().readTree(out.toString());
    assertThat(found.path("usable").asBoolean()).isTrue();
    assertThat(found.path("checks").findValuesAsText("name"))
        .contains("java", "aes", "data", "ffmpeg", "chromium", "shaka-packager", "bento4", "gpac");
  }
}
