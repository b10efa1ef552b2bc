package io.keymux.api.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTextTest {
  @Test
  void of_command_hasTwoColumnsWithinTheWidth() {
    Syntax syntax =
        Syntax.of(
            "keymux try",
            List.of("Tries what may be tried, and says afterwards whether or not it worked out."),
            Positional.many("INPUT", "Files."),
            List.of(
                CommandOption.one(
                        "--output", "DIR", "Where it goes, on a disk that has room for it.")
                    .withLetter("o"),
                CommandOption.list("--systems", "SYSTEM", "Which (default: {default}).")
                    .orElse("a,b")));

    assertThat(HelpText.of(syntax, List.of(), 60))
        .isEqualToNormalizingNewlines(
            """
            Usage: keymux try [OPTIONS] INPUT...
            Tries what may be tried, and says afterwards whether or not
              it worked out.
                  INPUT...       Files.
              -o, --output=DIR   Where it goes, on a disk that has room
                                   for it.
                  --systems=SYSTEM[,SYSTEM...]
                                 Which (default: a,b).
              -h, --help         Show this help message and exit.
              -V, --version      Print version information and exit.
                  --debug        Print stack traces of errors.
            """);
  }

  @Test
  void of_group_listsItsCommands() {
    Syntax first = Syntax.of("keymux go", List.of("Goes."), null, List.of());
    Syntax second = Syntax.of("keymux return", List.of("Comes back.", "Later."), null, List.of());
    Syntax group = new Syntax("keymux", List.of("Moves."), null, List.of(), List.of("", "Bye."));

    assertThat(HelpText.of(group, List.of(first, second), 60))
        .startsWith("Usage: keymux [OPTIONS] COMMAND")
        .containsSubsequence("Commands:", "  go      Goes.", "  return  Comes back.", "Bye.")
        .doesNotContain("Later.");
  }
}
