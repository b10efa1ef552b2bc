package io.keymux.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threat 25: what was done before a process was killed is in its log. */
class AuditKillTest {
  private static final int ROUNDS = 3;
  private static final int DONE = 200;

  @TempDir private Path data;

  /** Writes entries, and tells what it then may do, until it is killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) {
      AuditLog log = AuditLog.open(Path.of(args[0]), null, Clock.systemUTC());
      AuditEntry.Actor actor = AuditEntry.Actor.job("acme", "job");
      for (int i = 0; true; i++) {
        String kid = args[1] + "-" + i;
        log.require(new AuditEntry(AuditEntry.KEYS_GIVEN, actor, null, null, List.of(kid)));
        System.out.println(kid);
      }
    }
  }

  @Test
  void killed_betweenEntryAndDeed_lacksNothingThatWasDone() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> done = run(round);
      String log = log();
      assertThat(done).hasSizeGreaterThanOrEqualTo(DONE);
      assertThat(done).allSatisfy(kid -> assertThat(log).contains("\"" + kid + "\""));
    }
    assertThat(AuditVerifier.verify(data, null).faults()).isEmpty();
  }

  private List<String> run(int round) throws IOException, InterruptedException {
    Path told = Files.createFile(data.resolve("told-" + round));
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                data.toString(),
                String.valueOf(round))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(told.toFile())
            .start();
    while (Files.readAllLines(told).size() < DONE && victim.isAlive()) {
      Thread.sleep(5);
    }
    victim.destroyForcibly().waitFor();
    List<String> lines = Files.readAllLines(told);
    // The last one may have been cut off.
    return Files.readString(told).endsWith("\n") ? lines : lines.subList(0, lines.size() - 1);
  }

  private String log() throws IOException {
    return Files.readString(data.resolve("audit/0/audit-000000000001.jsonl"));
  }
}
