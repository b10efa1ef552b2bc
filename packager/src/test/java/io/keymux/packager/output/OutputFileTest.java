package io.keymux.packager.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class OutputFileTest {
  @TempDir Path temp;

  @Test
  void place_outOfOrder_waitsForThePartBefore() throws Exception {
    OutputFile file = new OutputFile(temp.resolve("t/x.mp4"), "t/x.mp4", 3, 2);
    CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> place(file, 1, 2));
    assertThat(file.place(0, 4)).isEqualTo(3);

    assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(7);
    write(file, 7, "ef");
    write(file, 3, "abcd");
    assertThat(Files.readAllBytes(temp.resolve("t/x.mp4")))
        .isEqualTo("\0\0\0abcdef".getBytes(StandardCharsets.US_ASCII));
    assertThat(file.offset(2)).isEqualTo(9);
  }

  @Test
  void abort_whileAPartWaits_wakesIt() throws Exception {
    OutputFile file = new OutputFile(temp.resolve("x.mp4"), "x.mp4", 0, 2);
    CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> place(file, 1, 2));

    file.abort();

    assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @Test
  void write_afterAbort_failsAndOpensNothing() {
    OutputFile file = new OutputFile(temp.resolve("x.mp4"), "x.mp4", 0, 2);
    file.abort();

    assertThatThrownBy(() -> file.write(0, new byte[4], 0, 4)).isInstanceOf(OutputException.class);

    assertThat(temp.resolve("x.mp4")).doesNotExist();
  }

  private static void write(OutputFile file, long position, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    file.write(position, bytes, 0, bytes.length);
    file.finishPart();
  }

  private static long place(OutputFile file, int part, long size) {
    try {
      return file.place(part, size);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
