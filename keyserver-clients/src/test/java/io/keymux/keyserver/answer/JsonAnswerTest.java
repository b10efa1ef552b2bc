package io.keymux.keyserver.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.keyserver.http.KeyExchangeException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"c0ffee0011223344\"",
        "<html>c0ffee0011223344</html>",
        "{\"a\":1,\"a\":\"c0ffee0011223344\"}",
        "{\"a\":1} {\"b\":2}",
        "{\"a\":NaN}",
        "{'a':1}",
        "{\"a\":\"c0ffee0011223344"
      })
  void read_noObject_isInvalidWithoutQuote(String json) {
    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> JsonAnswer.read("keys.example", json.getBytes(UTF_8)));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error)
        .hasNoCause()
        .hasMessageContaining("it is not a JSON object")
        .hasMessageNotContaining("c0ffee");
    assertThat(JsonAnswer.tryRead("keys.example", json.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void read_deepNesting_isInvalid() {
    String json = "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}";

    assertThat(JsonAnswer.tryRead("h", json.getBytes(UTF_8))).isEmpty();
  }

  static Stream<Arguments> members() {
    return Stream.of(
        wrong("tracks[1].key is missing", a -> a.objects("tracks").get(1).text("key")),
        wrong("tracks[0].key is not a string", a -> a.objects("tracks").get(0).text("key")),
        wrong("text is not base64", a -> a.base64("text")),
        wrong("text is not base64", a -> a.optionalBase64("text")),
        wrong("text is not an array", a -> a.objects("text")),
        wrong("list[0] is not an object", a -> a.objects("list")),
        wrong("text is not an object", a -> a.object("text")),
        wrong("part is not a whole number", a -> a.number("part")),
        wrong("big is not a whole number", a -> a.number("big")),
        wrong("tracks is not a string", a -> a.optionalText("tracks")));
  }

  @ParameterizedTest
  @MethodSource("members")
  void member_ofAnotherKind_isInvalidWithoutQuote(String said, Consumer<JsonAnswer> read) {
    JsonAnswer answer = answer();

    assertThat(catchThrowableOfType(KeyExchangeException.class, () -> read.accept(answer)))
        .hasMessageContaining(said)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void optional_absentNullOrEmpty_isNothing() {
    assertThat(answer().optionalText("absent")).isEmpty();
    assertThat(answer().optionalText("none")).isEmpty();
    assertThat(answer().optionalBase64("empty")).isEmpty();
    assertThat(answer().findText("tracks")).isEmpty();
    assertThat(answer().hasEntries("none")).isFalse();
    assertThat(answer().hasEntries("noErrors")).isFalse();
    assertThat(answer().hasEntries("list")).isTrue();
    assertThat(answer().toString()).doesNotContain("s3cret");
  }

  private static JsonAnswer answer() {
    return JsonAnswer.read(
        "h",
        ("{\"tracks\":[{\"key\":7},{}],\"text\":\"s3cret!\",\"list\":[1],\"part\":1.5,"
                + "\"big\":99999999999999999999,\"none\":null,\"empty\":\"\",\"noErrors\":[]}")
            .getBytes(UTF_8));
  }

  private static Arguments wrong(String said, Consumer<JsonAnswer> read) {
    return Arguments.of(said, read);
  }
}
