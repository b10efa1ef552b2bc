package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.audit.AuditEntry;
import io.keymux.api.audit.AuditLog;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifyCommandTest {
  private static final byte[] KEY = new byte[32];

  @TempDir private Path folder;
  private final RecordedConsole console = new RecordedConsole();

  private int verify(String... more) {
    String[] args =
        Stream.concat(Stream.of("audit", "verify", "--data", folder.toString()), Stream.of(more))
            .toArray(String[]::new);
    return console.run(Map.of(), args);
  }

  private Path written() {
    try (AuditLog log = AuditLog.open(folder, SecretBytes.copyOf(KEY), Clock.systemUTC())) {
      for (int i = 0; i < 3; i++) {
        log.require(
            new AuditEntry(
                AuditEntry.KEYS_GIVEN, AuditEntry.Actor.job("acme", "1"), null, null, List.of()));
      }
    }
    return folder.resolve("audit/0/audit-000000000001.jsonl");
  }

  private String key() throws IOException {
    return Files.writeString(folder.resolve("key"), "00".repeat(32) + "\n").toString();
  }

  @Test
  void whole_isSaidAndEndsWithZero() throws IOException {
    written();
    assertThat(verify("--key", key())).isZero();
    assertThat(console.out.toString()).isEqualTo("3 lines, all as they were written\n");
  }

  @Test
  void removedLine_isNamedAndEndsWithSeven() throws IOException {
    Path file = written();
    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(0), lines.get(2)));
    assertThat(verify("--key", key())).isEqualTo(7);
    assertThat(console.out.toString())
        .startsWith("0/audit-000000000001.jsonl line 2: entry 2 is missing before it\n");
    assertThat(verify("--key", key(), "--json")).isEqualTo(7);
    assertThat(console.out.toString()).contains("\"line\":2").contains("\"lines\":2");
  }

  @Test
  void otherKey_namesEveryLine() {
    written();
    assertThat(verify()).isEqualTo(7);
    assertThat(console.out.toString()).contains("line 1: entry 1 was changed").contains("3 faults");
  }

  @Test
  void keyOfAnotherForm_isRefusedWithoutIt() throws IOException {
    written();
    Path wrong = Files.writeString(folder.resolve("wrong"), "not-a-key-of-ours");
    assertThat(verify("--key", wrong.toString())).isEqualTo(3);
    assertThat(console.err.toString()).contains("--key").doesNotContain("not-a-key-of-ours");
  }
}
