package io.keymux.packager.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.packager.job.OutputNames.Unknown;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 14 of the threat table: no name leaves the output folder, whatever is put into it. */
class OutputNamesTest {
  private static final String TRACK = "t_{subStreamNumber}.{format}";
  private static final String SEGMENT = "t_{subStreamNumber}_{segmentNumber}.{format}";

  @Test
  void names_ofMps_areRendered() {
    OutputNames names =
        new OutputNames(
            "{inputName}_adaptiveDynamicStreaming_{definition}.{format}",
            "{inputName}_adaptiveDynamicStreaming_{definition}_{subStreamNumber}.{format}",
            "{inputName}_adaptiveDynamicStreaming_{definition}_{subStreamNumber}_{segmentNumber}.{format}",
            Map.of("inputName", "movie", "definition", "10"),
            Unknown.KEPT);
    assertThat(names.manifest("m3u8")).isEqualTo("movie_adaptiveDynamicStreaming_10.m3u8");
    assertThat(names.track(2, "mp4")).isEqualTo("movie_adaptiveDynamicStreaming_10_2.mp4");
    assertThat(names.segment(0, 7, "ts")).isEqualTo("movie_adaptiveDynamicStreaming_10_0_7.ts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "..",
        ".",
        "..%2fx",
        "a%00b",
        "a\u0000b",
        "/etc/x",
        "C:x",
        "C:\\x",
        "..\\x",
        "a\u2215b",
        "a\u2044b",
        "a\nb",
        "a:b",
        "a*b",
        "a|b",
        "x/../../y",
        ".hidden",
        "-o",
        "<img>",
        "a\u202eb"
      })
  void value_ofAnyKind_staysOneName(String value) {
    OutputNames names =
        new OutputNames(
            "m_{inputName}.{format}",
            "{inputName}t{subStreamNumber}.{format}",
            SEGMENT,
            Map.of("inputName", value),
            Unknown.REFUSED);
    String name;
    try {
      name = names.track(0, "mp4");
    } catch (InvalidJobException e) {
      assertThat(e.code()).isEqualTo("invalid-output-name");
      return;
    }
    assertThat(name)
        .doesNotStartWith(".")
        .doesNotStartWith("-")
        .doesNotContain("/", "\\", "%", ":", "\u0000", "\u2215", "\n", "<");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x_{subStreamNumber}.{format}",
        "a/../../x.{format}",
        "..%2fx.{format}",
        "%00.{format}",
        "a\u0000.{format}",
        "/x.{format}",
        "//host/x.{format}",
        "C:/x.{format}",
        "C:\\x.{format}",
        "..\\x.{format}",
        "a\u2215b.{format}",
        "a\u202eb.{format}",
        "CON.{format}",
        "a/nul.{format}",
        "Com1.x.{format}",
        "a//b.{format}",
        ".attempt-1/x.{format}",
        ".x.{format}",
        "a./x.{format}",
        "a /x.{format}",
        "-o.{format}",
        "a?b.{format}",
        "{definition}.{format}",
        "{nothing}.{format}",
        "x.mp4",
        ".{format}",
        ""
      })
  void template_thatLeavesTheFolder_isRefused(String template) {
    for (String field : new String[] {"manifest", "track", "segment"}) {
      InvalidJobException e =
          catchThrowableOfType(
              InvalidJobException.class,
              () -> {
                OutputNames names =
                    new OutputNames(
                        field.equals("manifest") ? template : "m.{format}",
                        field.equals("track") ? template : TRACK,
                        field.equals("segment") ? template : SEGMENT,
                        Map.of(),
                        Unknown.REFUSED);
                names.manifest("mpd");
                names.track(0, "mp4");
                names.segment(0, 1, "m4s");
              });
      assertThat(e).as(field).isNotNull();
      assertThat(e.code()).isEqualTo("invalid-output-name");
      assertThat(e.field()).isEqualTo("output.names." + field);
      assertThat(e.getMessage()).doesNotContain("\u0000", "\u202e");
    }
  }

  @Test
  void template_tooLong_isRefused() {
    OutputNames names =
        new OutputNames(
            "{inputName}.{format}",
            TRACK,
            SEGMENT,
            Map.of("inputName", "ä".repeat(126)),
            Unknown.REFUSED);
    assertThat(names.manifest("mp")).hasSize(129);
    assertThat(code(() -> names.manifest("mpd"))).isEqualTo("invalid-output-name");
  }

  @ParameterizedTest
  @CsvSource({"{nothing}_x.{format},{nothing}_x.mpd", "{taskId}.{format},{taskId}.mpd"})
  void unknownVariable_kept_standsAsItIs(String template, String name) {
    OutputNames names = new OutputNames(template, TRACK, SEGMENT, Map.of(), Unknown.KEPT);
    assertThat(names.manifest("mpd")).isEqualTo(name);
  }

  @Test
  void fill_knownVariables_leavesTheOthers() {
    OutputNames names =
        new OutputNames(
            "m.{format}",
            TRACK,
            SEGMENT,
            Map.of("inputName", "a/{format}$1", "rand", ""),
            Unknown.KEPT);
    assertThat(names.fill("/x{rand}/{inputName}_{other}_{segmentNumber}.{format}"))
        .isEqualTo("/x/a__format__1_{other}_{segmentNumber}.{format}");
  }

  @Test
  void manifest_inAFolder_isRefused() {
    assertThat(code(() -> new OutputNames("a/m.{format}", TRACK, SEGMENT, Map.of(), Unknown.KEPT)))
        .isEqualTo("invalid-output-name");
  }

  private static String code(ThrowingCallable call) {
    return catchThrowableOfType(InvalidJobException.class, call).code();
  }
}
