package io.keymux.packager.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentPatternTest {
  @TempDir Path temp;

  @Test
  void files_anyOrderOfNames_byNumber() throws Exception {
    for (int i = 8; i <= 11; i++) {
      Files.createFile(temp.resolve("seg-" + i + ".m4s"));
    }
    Files.createFile(temp.resolve("seg-x.m4s"));
    Files.createFile(temp.resolve("seg-.m4s"));
    Files.createFile(temp.resolve("other-1.m4s"));
    assertThat(names("seg-*.m4s"))
        .containsExactly("seg-8.m4s", "seg-9.m4s", "seg-10.m4s", "seg-11.m4s");
  }

  @Test
  void files_leadingZeros_readAsNumbers() throws Exception {
    for (int i = 98; i <= 101; i++) {
      Files.createFile(temp.resolve("%05d.m4s".formatted(i)));
    }
    assertThat(names("*.m4s")).containsExactly("00098.m4s", "00099.m4s", "00100.m4s", "00101.m4s");
  }

  @ParameterizedTest
  @CsvSource({
    "seg-1.m4s,    invalid-segment-pattern, one *",
    "s*-*.m4s,     invalid-segment-pattern, one *",
    "*/seg-*.m4s,  invalid-segment-pattern, one *",
    "none-*.m4s,   segments-not-found,      none-*.m4s",
    "gap-*.m4s,    segment-missing,         number 2 is not there",
    "twice-*.m4s,  segment-missing,         there twice",
    "no/seg-*.m4s, input-unreadable,        NoSuchFile"
  })
  void files_notARun_refused(String pattern, String code, String message) throws Exception {
    for (String name : List.of("seg-1", "gap-1", "gap-3", "gap-4", "twice-1", "twice-01")) {
      Files.createFile(temp.resolve(name + ".m4s"));
    }
    DrmException refusal =
        catchThrowableOfType(DrmException.class, () -> SegmentPattern.files(temp.resolve(pattern)));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.problem()).contains(message);
  }

  private List<String> names(String pattern) {
    return SegmentPattern.files(temp.resolve(pattern)).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }
}
