package io.keymux.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.audit.AuditEntry.Actor;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threat 25: a line that is removed, moved or changed is named. */
class AuditLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final Actor WORKER = new Actor("key a", "acme", "127.0.0.1", "r1", null);
  private static final int LINES = 12;

  @TempDir private Path data;

  private AuditLog open() {
    return AuditLog.open(data, null, CLOCK);
  }

  private static AuditEntry entry(int number) {
    String kid = "00000000-0000-0000-0000-%012d".formatted(number);
    return new AuditEntry(AuditEntry.KEYS_GIVEN, WORKER, "film", 200, List.of(kid));
  }

  private void write(int first, int count) {
    try (AuditLog log = open()) {
      for (int i = first; i < first + count; i++) {
        log.require(entry(i));
      }
    }
  }

  private Path file() {
    return data.resolve("audit/0/audit-000000000001.jsonl");
  }

  private AuditVerifier.Report verified() {
    return AuditVerifier.verify(data, null);
  }

  private List<String> problems() {
    return verified().faults().stream()
        .map(fault -> fault.line() + ": " + fault.problem())
        .toList();
  }

  @Test
  void verify_asWritten_isWhole() throws IOException {
    write(1, LINES);
    assertThat(verified()).isEqualTo(new AuditVerifier.Report(LINES, List.of()));
    assertThat(Files.readAllLines(file()).get(0))
        .startsWith(
            "{\"seq\":1,\"at\":\"2026-11-24T12:00:00Z\",\"action\":\"keys-given\",\"who\":\"key a\","
                + "\"tenant\":\"acme\",\"address\":\"127.0.0.1\",\"request\":\"r1\",\"object\":\"film\","
                + "\"status\":200,\"kids\":[\"00000000-0000-0000-0000-000000000001\"],\"mac\":\"");
  }

  @Test
  void verify_afterManyStarts_isWhole() {
    for (int start = 0; start < 5; start++) {
      write(1 + 3 * start, 3);
    }
    assertThat(verified()).isEqualTo(new AuditVerifier.Report(15, List.of()));
  }

  @Test
  void verify_anyLineRemoved_namesTheEntry() throws IOException {
    write(1, LINES);
    List<String> lines = Files.readAllLines(file());
    for (int i = 0; i < LINES; i++) {
      int removed = i;
      change(lines, list -> without(list, removed));
      assertThat(problems())
          .containsExactly(
              i == LINES - 1
                  ? "0: the log ends before entry 12, which was written"
                  : "%d: entry %d is missing before it".formatted(i + 1, i + 1));
    }
  }

  @Test
  void verify_anyLineMoved_namesIt() throws IOException {
    write(1, LINES);
    List<String> lines = Files.readAllLines(file());
    for (int i = 0; i + 1 < LINES; i++) {
      int first = i;
      change(
          lines,
          list -> {
            Collections.swap(list, first, first + 1);
            return list;
          });
      assertThat(problems())
          .contains(
              "%d: entry %d is missing before it".formatted(i + 1, i + 1),
              "%d: entry %d is out of order or there twice".formatted(i + 2, i + 1));
    }
  }

  @Test
  void verify_anyCharacterChanged_namesTheLine() throws IOException {
    write(1, 3);
    List<String> lines = Files.readAllLines(file());
    for (int i = 0; i < lines.get(1).length(); i++) {
      char[] text = lines.get(1).toCharArray();
      text[i] = text[i] == '1' ? '2' : '1';
      if (!new String(text).equals(lines.get(1))) {
        change(
            lines,
            list -> {
              list.set(1, new String(text));
              return list;
            });
        assertThat(problems())
            .as("character %d", i)
            .isNotEmpty()
            .first()
            .asString()
            .startsWith("2: ");
      }
    }
  }

  @Test
  void verify_lineTwice_namesIt() throws IOException {
    write(1, LINES);
    change(
        Files.readAllLines(file()),
        list -> {
          list.add(4, list.get(3));
          return list;
        });
    assertThat(problems()).containsExactly("5: entry 4 is out of order or there twice");
  }

  @Test
  void verify_lineOfAnotherKey_isNamed() throws IOException {
    write(1, 2);
    AuditChain.Line last =
        Objects.requireNonNull(AuditChain.Line.read(Files.readAllLines(file()).get(1)));
    AuditChain foreign = new AuditChain(SecretBytes.copyOf(new byte[32]));
    String forged = foreign.next(3, last.mac(), "\"action\":\"nothing\"").text();
    Files.writeString(file(), forged + "\n", StandardOpenOption.APPEND);
    assertThat(problems()).containsExactly("3: entry 3 was changed");
  }

  @Test
  void open_afterTheEndWasCutOff_goesOnSoThatItStaysNamed() throws IOException {
    write(1, LINES);
    change(Files.readAllLines(file()), list -> list.subList(0, 7));
    write(LINES + 1, 1);
    assertThat(problems()).containsExactly("8: entries 8 to 12 are missing before it");
  }

  @Test
  void open_afterAWriteThatBrokeOff_isWhole() throws IOException {
    write(1, 3);
    Files.writeString(file(), "{\"seq\":4,\"at", StandardOpenOption.APPEND);
    write(4, 2);
    assertThat(verified()).isEqualTo(new AuditVerifier.Report(5, List.of()));
  }

  @Test
  void require_fromManyThreads_isInOneOrder() throws Exception {
    try (AuditLog log = open()) {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int number = i;
        done.add(threads.submit(() -> log.require(entry(number))));
      }
      for (Future<?> each : done) {
        each.get();
      }
      threads.shutdown();
      // While it is open.
      assertThat(verified()).isEqualTo(new AuditVerifier.Report(400, List.of()));
    }
  }

  @Test
  void open_twiceAtOnce_areTwoChains() {
    try (AuditLog first = open();
        AuditLog second = open()) {
      first.require(entry(1));
      second.require(entry(2));
    }
    assertThat(data.resolve("audit/1")).isDirectory();
    assertThat(verified()).isEqualTo(new AuditVerifier.Report(2, List.of()));
  }

  @Test
  void close_writesWhatWaits() {
    for (int round = 0; round < 20; round++) {
      try (AuditLog log = open()) {
        for (int i = 0; i < 50; i++) {
          log.note(entry(i));
        }
      }
      assertThat(verified()).isEqualTo(new AuditVerifier.Report(50L * (round + 1), List.of()));
    }
  }

  @Test
  void require_afterClose_isRefused() {
    AuditLog log = open();
    log.close();
    assertThatThrownBy(() -> log.require(entry(1))).isInstanceOf(AuditException.class);
  }

  @Test
  void require_diskFull_isRefused() throws IOException {
    // A device that takes nothing.
    Files.createDirectories(data.resolve("audit/0"));
    Files.createSymbolicLink(file(), Path.of("/dev/full"));
    try (AuditLog log = open()) {
      assertThatThrownBy(() -> log.require(entry(1)))
          .isInstanceOf(AuditException.class)
          .hasMessageContaining("cannot be written");
      assertThatThrownBy(() -> log.require(entry(2))).isInstanceOf(AuditException.class);
    }
  }

  @Test
  void verify_nothingThere_isSaid() {
    assertThatThrownBy(this::verified)
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("no audit log");
  }

  private void change(List<String> lines, UnaryOperator<List<String>> change) throws IOException {
    Files.write(file(), change.apply(new ArrayList<>(lines)));
  }

  private static List<String> without(List<String> lines, int index) {
    lines.remove(index);
    return lines;
  }
}
