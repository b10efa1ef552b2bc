package io.keymux.packager.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebVttParserTest {
  /** Cases of webvtt-cases.txt: a name, a file, and what is read of it. */
  private record Case(String name, String file, String expected) {}

  @TestFactory
  Stream<DynamicTest> parse_file_asW3cSays() throws IOException {
    return cases().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(), () -> assertThat(described(c.file())).isEqualTo(c.expected())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "WEBVT", "webvtt\n\n", "WEBVTTX\n", "WEBVTT-\n", " WEBVTT\n", "\nWEBVTT\n"})
  void parse_noSignature_refused(String file) {
    assertThatExceptionOfType(DrmException.class)
        .isThrownBy(() -> WebVttParser.parse(TextInput.vtt(file), file))
        .satisfies(e -> assertThat(e.code()).isEqualTo("webvtt-malformed"))
        .withMessageContaining("test.vtt: line 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-TIMESTAMP-MAP=",
        "X-TIMESTAMP-MAP=MPEGTS:1",
        "X-TIMESTAMP-MAP=LOCAL:00:00:00.000",
        "X-TIMESTAMP-MAP=MPEGTS:x,LOCAL:00:00:00.000",
        "X-TIMESTAMP-MAP=MPEGTS:1,LOCAL:00:00"
      })
  void parse_badTimestampMap_refused(String line) {
    assertThatExceptionOfType(DrmException.class)
        .isThrownBy(() -> WebVttParser.parse(TextInput.vtt(""), "WEBVTT\n" + line + "\n\n"))
        .satisfies(e -> assertThat(e.code()).isEqualTo("webvtt-malformed"))
        .withMessageContaining("line 2");
  }

  @Test
  void open_notUtf8_refusedWithItsLine() {
    byte[] bytes =
        "WEBVTT\r\n\r\n00:00.000 --> 00:01.000\r\n\u00e4".getBytes(StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(DrmException.class)
        .isThrownBy(() -> TextFile.open(new TextInput("a.vtt", Bytes.copyOf(bytes))))
        .satisfies(e -> assertThat(e.code()).isEqualTo("webvtt-malformed"))
        .withMessageContaining("line 4 is not UTF-8");
  }

  @Test
  void open_byteOrderMarkAndNoCue_noTracks() {
    assertThatExceptionOfType(DrmException.class)
        .isThrownBy(() -> TextFile.open(TextInput.vtt("\ufeffWEBVTT\n\nNOTE nothing\n")))
        .satisfies(e -> assertThat(e.code()).isEqualTo("no-tracks"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:04.000",
        "X-TIMESTAMP-MAP=LOCAL:00:04.000,MPEGTS:900000"
      })
  void parse_timestampMap_movesCues(String line) {
    String file = "WEBVTT\n" + line + "\n\n00:05.000 --> 00:06.000\nx<00:05.500>y\n";
    TextFile open = TextFile.open(TextInput.vtt(file));
    WebVtt vtt = WvttReader.read(open.movie().tracks().get(0), open.source(), 0);
    assertThat(vtt.header()).isEqualTo("WEBVTT");
    assertThat(vtt.cues()).containsExactly(new Cue("", 11_000, 12_000, "", "x<00:00:11.500>y"));
    assertThat(open.mediaTimes()).isTrue();
    assertThat(open.movie().ignored())
        .containsExactly("test.vtt: X-TIMESTAMP-MAP moves its cues by 6.000 s.");
  }

  private static String described(String file) {
    WebVttParser.Parsed parsed = WebVttParser.parse(TextInput.vtt(file), file);
    StringBuilder text = new StringBuilder();
    text.append("header ").append(shown(parsed.vtt().header())).append('\n');
    for (Cue cue : parsed.vtt().cues()) {
      text.append(
          "cue [%s] %d %d [%s] %s\n"
              .formatted(
                  shown(cue.id()), cue.start(), cue.end(), cue.settings(), shown(cue.text())));
    }
    parsed.notes().forEach(note -> text.append("note ").append(note).append('\n'));
    return text.toString();
  }

  private static String shown(String text) {
    return text.replace("\n", "\\n");
  }

  private static List<Case> cases() throws IOException {
    try (InputStream in = WebVttParserTest.class.getResourceAsStream("webvtt-cases.txt")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String block : all.split("(?m)^=== ", -1)) {
        if (!block.isBlank()) {
          int name = block.indexOf('\n');
          int expected = block.indexOf("### read\n");
          String file = block.substring(name + 1, expected);
          file =
              file.replace("\\r\n", "\r\n")
                  .replace("\\R\n", "\r")
                  .replace("\\0", "\0")
                  .replace("\\_\n", "");
          cases.add(new Case(block.substring(0, name), file, block.substring(expected + 9)));
        }
      }
      return cases;
    }
  }
}
