package io.keymux.api.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.database.Database;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecrecyTest {
  private static final KeyEncryptionKey OLD = key(1);
  private static final KeyEncryptionKey NEW = key(2);
  private static final Place PLACE = new Place("acme", "webhooks", "wh_1");

  @TempDir private Path folder;
  private Database database;

  private static KeyEncryptionKey key(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return LocalKey.of(SecretBytes.copyOf(bytes));
  }

  @BeforeEach
  void open() {
    database = Database.embedded(folder.resolve("database"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private DataDirectory node(String name) {
    return DataDirectory.open(folder.resolve(name));
  }

  private Secrecy start(String node, KeyEncryptionKey... keys) {
    return Secrecy.open(node(node), database, List.of(keys), Clock.systemUTC());
  }

  @Test
  void noKey_seedStaysInItsFile() throws IOException {
    try (Secrecy secrecy = start("a")) {
      assertThat(secrecy.seed()).isEqualTo(node("a").seed());
    }
    assertThat(Files.size(folder.resolve("a/seed"))).isEqualTo(32);
  }

  @Test
  void key_seedMovesToTheDatabaseAndStaysTheSame() throws IOException {
    SecretBytes before = node("a").seed();
    Bytes hidden;
    try (Secrecy secrecy = start("a")) {
      hidden = secrecy.envelope().seal(PLACE, "x".getBytes(UTF_8));
    }
    for (int start = 0; start < 2; start++) {
      try (Secrecy secrecy = start("a", OLD)) {
        assertThat(secrecy.seed()).isEqualTo(before);
        assertThat(secrecy.envelope().open(PLACE, hidden)).containsExactly('x');
      }
    }
    assertThat(Files.readString(folder.resolve("a/seed"))).contains("in the service's database");
    assertThatThrownBy(() -> node("a").seed())
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("encrypted");
  }

  @Test
  void nodes_withEmptyFolders_haveOneSeed() {
    try (Secrecy a = start("a", OLD);
        Secrecy b = start("b", OLD)) {
      assertThat(b.seed()).isEqualTo(a.seed());
      Bytes hidden = a.envelope().seal(PLACE, new byte[] {7});
      assertThat(b.envelope().open(PLACE, hidden)).containsExactly(7);
    }
  }

  @Test
  void node_withAnotherSeed_isRefusedAndKeepsIt() {
    start("a", OLD).close();
    SecretBytes own = node("b").seed();
    assertThatThrownBy(() -> start("b", OLD))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("other-seed"));
    assertThat(node("b").seed()).isEqualTo(own);
  }

  @Test
  void start_withoutTheKeyInUse_isRefusedByName() {
    start("a", OLD).close();
    for (KeyEncryptionKey[] keys :
        List.of(new KeyEncryptionKey[] {}, new KeyEncryptionKey[] {NEW})) {
      assertThatThrownBy(() -> start("a", keys))
          .isInstanceOfSatisfying(
              DrmException.class,
              e -> {
                assertThat(e.code()).isEqualTo("unknown-encryption-key");
                assertThat(e.problem()).contains(OLD.id());
              });
    }
  }

  /** Threat 24: rotated under load, no seed and no secret is lost. */
  @Test
  void rotation_underLoad_losesNothing() throws Exception {
    SecretBytes seed;
    try (Secrecy first = start("a", OLD)) {
      seed = first.seed();
    }
    Map<String, Bytes> values = new ConcurrentHashMap<>();
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Secrecy old = start("a", OLD, NEW);
        Secrecy fresh = start("b", OLD, NEW)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Envelope writing = (i % 2 == 0 ? old : fresh).envelope();
        Envelope reading = (i % 2 == 0 ? fresh : old).envelope();
        int writer = i;
        writers.add(threads.submit(() -> write(writer, writing, reading, values, stop)));
      }
      await(values, 400);
      // Third and fourth start, with the new key first, while the others write.
      try (Secrecy rotating = start("a", NEW, OLD);
          Secrecy other = start("b", NEW, OLD)) {
        awaitRotated();
        int before = values.size();
        await(values, before + 400);
        assertThat(rotating.seed()).isEqualTo(seed);
        assertThat(other.seed()).isEqualTo(seed);
      }
      stop.set(true);
      for (Future<?> writer : writers) {
        writer.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    // What nodes of the former configuration made meanwhile follows.
    try (Secrecy last = start("c", NEW, OLD)) {
      awaitRotated();
      assertThat(last.seed()).isEqualTo(seed);
    }
    try (Secrecy without = start("d", NEW)) {
      assertThat(without.seed()).isEqualTo(seed);
      values.forEach(
          (row, hidden) ->
              assertThat(new String(without.envelope().open(place(row), hidden), UTF_8))
                  .isEqualTo("secret of " + row));
    }
  }

  private static void write(
      int writer,
      Envelope writing,
      Envelope reading,
      Map<String, Bytes> values,
      AtomicBoolean stop) {
    for (int i = 0; !stop.get(); i++) {
      String row = writer + "-" + i;
      Bytes hidden = writing.seal(place(row), ("secret of " + row).getBytes(UTF_8));
      assertThat(new String(reading.open(place(row), hidden), UTF_8)).isEqualTo("secret of " + row);
      values.put(row, hidden);
    }
  }

  /** Tenants come and go, so that new data keys are made all the while. */
  private static Place place(String row) {
    String tenant = "t" + Integer.parseInt(row.substring(row.indexOf('-') + 1)) / 20;
    return new Place(tenant, "webhooks", row);
  }

  private static void await(Map<String, Bytes> values, int count) throws InterruptedException {
    for (int i = 0; values.size() < count; i++) {
      assertThat(i).as("30 seconds").isLessThan(3000);
      Thread.sleep(10);
    }
  }

  private void awaitRotated() throws InterruptedException {
    WrappedKeys rows = new WrappedKeys(database);
    for (int i = 0;
        rows.find(WrappedKey.Purpose.SEED, "seed").orElseThrow().keyEncryptionKey().equals(OLD.id())
            || i == 0;
        i++) {
      assertThat(i).as("30 seconds").isLessThan(3000);
      Thread.sleep(10);
    }
  }
}
