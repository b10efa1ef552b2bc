package io.keymux.packager.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedSourceTest {
  @TempDir Path temp;

  @Test
  void read_acrossFiles_isTheirBytesInOrder() throws Exception {
    List<Path> files = List.of(file("a", "one"), file("b", "2"), file("c", "three"));
    try (JoinedSource source = JoinedSource.open(files)) {
      byte[] all = new byte[10];
      source.read(0, all, 1, 9);
      assertThat(new String(all, 1, 9, UTF_8)).isEqualTo("one2three");
      source.read(2, all, 0, 3);
      assertThat(new String(all, 0, 3, UTF_8)).isEqualTo("e2t");
      assertThat(source.size()).isEqualTo(9);
      assertThat(source.name()).endsWith("a");
    }
  }

  @Test
  void part_eachByte_namesItsFileAndPlace() throws Exception {
    Path a = file("a", "one");
    Path b = file("b", "2");
    try (JoinedSource source = JoinedSource.open(List.of(a, b))) {
      assertThat(source.part(0)).isEqualTo(new SourcePart(a.toString(), 0, 3));
      assertThat(source.part(2)).isEqualTo(source.part(0));
      assertThat(source.part(3)).isEqualTo(new SourcePart(b.toString(), 3, 4));
      assertThat(source.part(4)).isEqualTo(source.part(3));
      assertThat(source.part(3).offset(3)).isZero();
    }
  }

  @Test
  void read_manyFilesByManyThreads_openFewAtATime() throws Exception {
    List<Path> files = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      String content = "<" + i + ">";
      files.add(file("f" + i, content));
      text.append(content);
    }
    Path descriptors = Path.of("/proc/self/fd");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (JoinedSource source = JoinedSource.open(files)) {
      int before = openFiles(descriptors);
      List<Callable<Boolean>> readers = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        Random random = new Random(seed);
        readers.add(() -> randomReadsAgree(source, text.toString(), random));
      }
      for (Future<Boolean> reader : threads.invokeAll(readers)) {
        assertThat(reader.get()).isTrue();
      }
      assertThat(openFiles(descriptors) - before).isLessThan(60);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void read_behindTheLastFile_refused() throws Exception {
    try (JoinedSource source = JoinedSource.open(List.of(file("a", "one")))) {
      assertThat(code(() -> source.read(1, new byte[9], 0, 9))).isEqualTo("input-truncated");
    }
  }

  @Test
  void open_missingEmptyOrFolder_refused() throws Exception {
    Path good = file("a", "one");
    assertThat(code(() -> JoinedSource.open(List.of(good, temp.resolve("none")))))
        .isEqualTo("input-unreadable");
    assertThat(code(() -> JoinedSource.open(List.of(good, temp)))).isEqualTo("input-unreadable");
    Path empty = file("b", "");
    assertThat(code(() -> JoinedSource.open(List.of(good, empty)))).isEqualTo("input-empty");
  }

  private static boolean randomReadsAgree(JoinedSource source, String text, Random random) {
    byte[] read = new byte[40];
    for (int i = 0; i < 2000; i++) {
      int length = random.nextInt(read.length);
      int at = random.nextInt(text.length() - length);
      source.read(at, read, 0, length);
      if (!new String(read, 0, length, UTF_8).equals(text.substring(at, at + length))) {
        return false;
      }
    }
    return true;
  }

  private static int openFiles(Path descriptors) {
    String[] names = descriptors.toFile().list();
    return names == null ? 0 : names.length;
  }

  private Path file(String name, String content) throws Exception {
    return Files.writeString(temp.resolve(name), content);
  }

  private static String code(Runnable action) {
    return catchThrowableOfType(DrmException.class, action::run).code();
  }
}
