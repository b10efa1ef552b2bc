package io.keymux.packager.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class OrphanedToolsTest {
  @TempDir Path temp;

  @Test
  void end_jvmWasKilled_endsItsProgramAndNoOther() throws Exception {
    Path killed = temp.resolve("killed");
    Path living = temp.resolve("living");
    Process victim = ToolJvm.thatStays(killed);
    Process other = ToolJvm.thatStays(living);
    try {
      long orphan = written(killed);
      long child = written(living);
      victim.destroyForcibly().waitFor();
      assertThat(ProcessHandle.of(orphan)).as("nobody ends it by itself").isPresent();

      assertThat(OrphanedTools.end()).isPositive();

      Pids.assertGone(killed, 1);
      assertThat(ProcessHandle.of(child)).hasValueSatisfying(h -> assertThat(h.isAlive()).isTrue());
    } finally {
      victim.destroyForcibly();
      other.destroy();
      other.waitFor();
    }
  }

  @Test
  void self_thisJvm_livesAndIsFoundInItsMark() {
    ToolOwner self = self();

    assertThat(self.isDead()).isFalse();
    assertThat(ToolOwner.of(self.mark("run"))).isEqualTo(self);
  }

  @Test
  void isDead_anotherProcessHasTheNumberNow_isDead() {
    ToolOwner self = self();

    assertThat(new ToolOwner(self.namespace(), self.pid(), self.startedAt() - 1).isDead()).isTrue();
  }

  @Test
  void isDead_processOfAnotherContainer_isLeftAlone() {
    long nobody = Integer.MAX_VALUE;

    assertThat(new ToolOwner(self().namespace(), nobody, 1).isDead()).isTrue();
    assertThat(new ToolOwner("1", nobody, 1).isDead()).isFalse();
  }

  @Test
  void of_markOfNobody_isNull() {
    for (String mark : List.of("", "0b1ee2f6-23dd-4a2e-a6a4-4fa7f0c1d2cd", "1.2/x", "a.b.c/x")) {
      assertThat(ToolOwner.of(mark)).as(mark).isNull();
    }
  }

  private static ToolOwner self() {
    return Objects.requireNonNull(ToolOwner.self());
  }

  private static long written(Path pids) throws IOException, InterruptedException {
    while (!Files.exists(pids) || Files.size(pids) == 0) {
      Thread.sleep(10);
    }
    return Long.parseLong(Files.readString(pids).strip());
  }
}
