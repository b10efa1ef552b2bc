package io.keymux.api.mps.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.mps.problem.MpsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters of every type, right and wrong, as JSON and flat. */
class FieldsTest {
  private static Fields json(String text) {
    return Fields.ofJson(text.getBytes(UTF_8));
  }

  static List<Arguments> wrong() {
    return List.of(
        wrong("{\"a\":1}", f -> f.text("a"), "InvalidParameter", "a is not a string"),
        wrong("{\"a\":\"1\"}", f -> f.whole("a"), "InvalidParameter", "a is not an integer"),
        wrong("{\"a\":1.5}", f -> f.whole("a"), "InvalidParameter", "a is not an integer"),
        wrong("{\"a\":1e30}", f -> f.whole("a"), "InvalidParameter", "a is not an integer"),
        wrong("{\"a\":\"true\"}", f -> f.truth("a"), "InvalidParameter", "a is not true or false"),
        wrong("{\"a\":[]}", f -> f.requiredObject("a"), "MissingParameter", "a is missing"),
        wrong("{\"a\":[1]}", f -> f.object("a"), "InvalidParameter", "a is not an object"),
        wrong("{\"a\":{}}", f -> f.objects("a"), "InvalidParameter", "a is not an array"),
        wrong("{\"a\":[1]}", f -> f.objects("a"), "InvalidParameter", "a.0 is not an object"),
        wrong("{\"a\":[\"1\"]}", f -> f.wholes("a"), "InvalidParameter", "a.0 is not an integer"),
        wrong("{}", f -> f.requiredText("a"), "MissingParameter", "a is missing"),
        wrong("{\"a\":\"\"}", f -> f.requiredText("a"), "MissingParameter", "a is missing"),
        wrong("{\"a\":null}", f -> f.requiredWhole("a"), "MissingParameter", "a is missing"),
        wrong("{\"a\":11}", f -> f.between("a", 0, 10, 5), "InvalidParameterValue", "a is 11"),
        wrong(
            "{\"a\":\"x\"}", f -> f.choice("a", List.of("y")), "InvalidParameterValue", "one of y"),
        wrong(
            "{\"a\":1}", f -> f.refuse("a", "is not done", "Leave."), "UnsupportedOperation", "a"),
        wrong("{\"a\":1}", Fields::end, "UnknownParameter", "a is not known"),
        wrong(
            "{\"a\":{\"b\":1}}",
            f -> {
              f.object("a");
              f.end();
            },
            "UnknownParameter",
            "a.b is not known"));
  }

  private static Arguments wrong(String json, Consumer<Fields> read, String code, String words) {
    return Arguments.of(json, read, code, words);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void read_wrongField_saysWhich(String json, Consumer<Fields> read, String code, String words) {
    MpsException refused = catchThrowableOfType(MpsException.class, () -> read.accept(json(json)));

    assertThat(refused.mpsCode()).isEqualTo(code);
    assertThat(refused).hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1]", "nonsense", "{\"a\":1,\"a\":2}", "{\"a\":1} x", "null", "\"a\""})
  void ofJson_noObject_isRefusedWithoutQuotingIt(String body) {
    MpsException refused = catchThrowableOfType(MpsException.class, () -> json(body));

    assertThat(refused.mpsCode()).isEqualTo("InvalidParameter");
    assertThat(refused.getMessage()).doesNotContain("nonsense");
  }

  @Test
  void ofJson_noBody_hasNoParameters() {
    json("").end();
  }

  @Test
  void ofFlat_nestedNames_areTheSameAsJson() {
    Map<String, String> flat = new LinkedHashMap<>();
    flat.put("Limit", "20");
    flat.put("SubTaskHasFailed", "true");
    flat.put("Set.1.Name", "b");
    flat.put("Set.0.Name", "a");
    flat.put("Ids.0", "7");
    Fields fields = Fields.ofFlat(flat);

    assertThat(fields.whole("Limit")).isEqualTo(20);
    assertThat(fields.truth("SubTaskHasFailed")).isTrue();
    assertThat(fields.objects("Set").stream().map(each -> each.text("Name")))
        .containsExactly("a", "b");
    assertThat(fields.wholes("Ids")).containsExactly(7L);
    fields.end();
  }

  @ParameterizedTest
  @CsvSource({"A.0.B=1;A.2.B=1", "A=1;A.B=1", "A..B=1", "A.=1", "0=1", "A.01=1"})
  void ofFlat_contradictingNames_areRefused(String pairs) {
    Map<String, String> flat = new LinkedHashMap<>();
    for (String pair : pairs.split(";", -1)) {
      flat.put(pair.substring(0, pair.indexOf('=')), "1");
    }

    assertThat(catchThrowableOfType(MpsException.class, () -> Fields.ofFlat(flat)).mpsCode())
        .isEqualTo("InvalidParameter");
  }
}
