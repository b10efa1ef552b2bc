package io.keymux.api.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static final CommandOption OUTPUT =
      CommandOption.one("--output", "DIR", "Where.").withLetter("o").mandatory();
  private static final CommandOption KEY = CommandOption.repeated("--key", "KEY", "Keys.");
  private static final CommandOption NAMES =
      CommandOption.list("--names", "NAME", "Names (default: {default}).").orElse("a,b");
  private static final CommandOption SIZE = CommandOption.one("--size", "N", "Size.").orElse("6");
  private static final CommandOption JSON = CommandOption.flag("--json", "JSON.");
  private static final Syntax SYNTAX =
      Syntax.of(
          "keymux try",
          List.of("Tries."),
          Positional.many("INPUT", "Files."),
          List.of(OUTPUT, KEY, NAMES, SIZE, JSON));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--output out in               | out",
        "--output=out in               | out",
        "in --output out               | out",
        "-o out in                     | out",
        "-oout in                      | out",
        "-o=out in                     | out",
        "in --output=-5                | -5",
        "in --output -5                | -5",
        "in --output -keyfoo           | -keyfoo",
        "in --output -json             | -json",
        "in --output a=b               | a=b",
        "in --output=a=b               | a=b",
        "in --output \"quoted\"        | \"quoted\"",
        "in -output                    | utput",
        "--output out -- in            | out",
      })
  void parse_outputInAnyForm_isRead(String line, String output) {
    Arguments given = parse(line);
    given.requireComplete();
    assertThat(given.text(OUTPUT)).isEqualTo(output);
    assertThat(given.positionals()).extracting(Value::text).containsExactly("in");
  }

  @Test
  void parse_emptyValues_areValues() {
    assertThat(Arguments.parse(SYNTAX, List.of("--output", "")).text(OUTPUT)).isEmpty();
    assertThat(Arguments.parse(SYNTAX, List.of("--output=")).text(OUTPUT)).isEmpty();
    assertThat(Arguments.parse(SYNTAX, List.of("")).positionals()).hasSize(1);
  }

  @Test
  void parse_behindTwoHyphens_allArePositionals() {
    assertThat(parse("- -- --json -o --").positionals())
        .extracting(Value::text)
        .containsExactly("-", "--json", "-o", "--");
  }

  @Test
  void parse_repeatedOptions_keepTheirOrder() {
    Arguments given = parse("--key a,b --names x,y in --key c --names z");
    assertThat(given.values(KEY)).extracting(Value::text).containsExactly("a,b", "c");
    assertThat(given.values(NAMES)).extracting(Value::text).containsExactly("x", "y", "z");
    assertThat(given.has(JSON)).isFalse();
  }

  @Test
  void parse_nothing_givesFallbacks() {
    Arguments given = parse("--json");
    assertThat(given.values(KEY)).isEmpty();
    assertThat(given.values(NAMES)).extracting(Value::text).containsExactly("a", "b");
    assertThat(given.value(SIZE).whole()).isEqualTo(6);
    assertThat(given.optional(OUTPUT)).isNull();
    assertThat(given.has(JSON)).isTrue();
  }

  @Test
  void parse_flagsTogether_areBothThere() {
    Arguments given = parse("-hV");
    assertThat(given.has(Syntax.HELP)).isTrue();
    assertThat(given.has(Syntax.VERSION)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in                          | Missing required option: '--output=DIR'.",
        "-o out                      | Missing required parameter: 'INPUT'.",
        "in -o out -o out            | The option '--output' (DIR) should be specified only once.",
        "in -o out --json --json     | The option '--json' should be specified only once.",
        "in -o                       | Missing required parameter for option '--output' (DIR).",
        "in --output --json          | Missing required parameter for option '--output' (DIR).",
        "in --output --key=x         | Missing required parameter for option '--output' (DIR).",
        "in --output -- x            | Missing required parameter for option '--output' (DIR).",
        "in -o out --json=true       | The option '--json' takes no value.",
        "in -o out --out x           | --out is not an option of \"keymux try\"",
        "in -o out -json             | -json is not an option of \"keymux try\"",
        "in -o out -keyfoo           | -keyfoo is not an option of \"keymux try\"",
        "in -o out -hx               | -hx is not an option of \"keymux try\"",
        "in -o out -5                | -5 is not an option of \"keymux try\"",
        "in -o out --keys=SECRET     | --keys is not an option of \"keymux try\"",
        "in -o out --size x          | Invalid value for option '--size' (N): 'x' is not an int.",
      })
  void parse_wrong_isRefused(String line, String problem) {
    assertThatThrownBy(
            () -> {
              Arguments given = parse(line);
              given.requireComplete();
              given.value(SIZE).whole();
            })
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(problem)
        .hasMessageEndingWith("See keymux try --help.")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void requireComplete_tooMany_namesThem() {
    Syntax one = Syntax.of("keymux one", List.of("One."), Positional.one("PATH", "It."), List.of());
    Arguments given = Arguments.parse(one, List.of("a", "b", "c"));
    assertThatThrownBy(given::requireComplete)
        .hasMessageContaining("Unmatched arguments: 'b', 'c'.");
  }

  private static Arguments parse(String line) {
    return Arguments.parse(SYNTAX, List.of(line.split(" ", 0)));
  }
}
