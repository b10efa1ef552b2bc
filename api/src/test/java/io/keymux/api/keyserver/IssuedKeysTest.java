package io.keymux.api.keyserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of issued KIDs under several processes (here: several objects), crashes and load. */
class IssuedKeysTest {
  private static final KeyId A = id(1);
  private static final KeyId B = id(2);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("issued-kids");
  }

  @Test
  void add_again_doesNotTouchTheFile() throws IOException {
    IssuedKeys keys = new IssuedKeys(file);
    keys.add("movie", List.of(A, B, A));
    Files.delete(file);
    keys.add("movie", List.of(B, A));
    assertThat(file).doesNotExist();
    keys.add("other", List.of(A));
    assertThat(Files.readString(file)).isEqualTo(A + " other\n");
  }

  @Test
  void contains_whatAnotherProcessIssued_isSeen() {
    IssuedKeys mine = new IssuedKeys(file);
    IssuedKeys other = new IssuedKeys(file);
    assertThat(mine.contains(A)).isFalse();
    other.add("a b  c", List.of(A));
    assertThat(mine.contains(A)).isTrue();
    assertThat(mine.contains("a b  c", A)).isTrue();
    assertThat(mine.contains("a b c", A)).isFalse();
    mine.add("movie", List.of(B));
    assertThat(other.all()).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void add_afterACrash_startsOnALineOfItsOwn() throws IOException {
    new IssuedKeys(file).add("movie", List.of(A));
    append(B.toString().substring(0, 20));
    IssuedKeys keys = new IssuedKeys(file);
    assertThat(keys.contains(B)).isFalse();
    keys.add("movie", List.of(B));
    assertThat(new IssuedKeys(file).all()).containsExactlyInAnyOrder(A, B);
    assertThat(new IssuedKeys(file).contains("movie", B)).isTrue();
  }

  @Test
  void contains_lineThatIsBeingWritten_isSeenOnceItHasItsEnd() throws IOException {
    IssuedKeys keys = new IssuedKeys(file);
    append(A + " mov");
    assertThat(keys.contains(A)).isFalse();
    append("ie\n");
    assertThat(keys.contains("movie", A)).isTrue();
    assertThat(keys.contains("mov", A)).isFalse();
  }

  @Test
  void contains_fileReplacedByAShorterOne_isReadAnew() throws IOException {
    IssuedKeys keys = new IssuedKeys(file);
    keys.add("a long content id", List.of(A));
    Files.writeString(file, B + " x\n");
    assertThat(keys.contains("x", B)).isTrue();
    assertThat(keys.contains(A)).isTrue();
  }

  @Test
  void all_linesThatAreNone_areSkipped() throws IOException {
    append("junk\n\n" + "x".repeat(36) + " movie\n" + A + " movie\n");
    assertThat(new IssuedKeys(file).all()).containsExactly(A);
  }

  @Test
  void add_manyThreadsAndProcesses_losesNothing() {
    List<IssuedKeys> processes = List.of(new IssuedKeys(file), new IssuedKeys(file));
    IntStream.range(0, 400)
        .parallel()
        .forEach(i -> processes.get(i % 2).add("movie " + i % 7, List.of(id(i), id(i + 1000))));
    List<KeyId> expected = new ArrayList<>();
    IntStream.range(0, 400)
        .forEach(
            i -> {
              expected.add(id(i));
              expected.add(id(i + 1000));
            });
    assertThat(new IssuedKeys(file).all()).containsExactlyInAnyOrderElementsOf(expected);
    processes.forEach(keys -> assertThat(keys.all()).containsExactlyInAnyOrderElementsOf(expected));
  }

  @Test
  void add_folderIsGone_isTold() {
    IssuedKeys keys = new IssuedKeys(folder.resolve("absent/issued-kids"));
    assertThatThrownBy(() -> keys.add("movie", List.of(A)))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("data-directory"));
    assertThat(keys.contains(A)).isFalse();
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static KeyId id(int number) {
    return new KeyId(new UUID(0x0f083e4eb8314a3dL, 0x917e000000000000L + number));
  }
}
