package io.keymux.api.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.database.Database;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threat 24: rows that are swapped or changed are not decrypted. */
class EnvelopeTest {
  private static final String SECRET = "https://user:password@example.com/ticket";
  private static final Place PLACE = new Place("acme", "webhooks", "wh_1");
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  @TempDir private static Path folder;
  private static int count;

  private Database database;
  private WrappedKeys rows;
  private KeyRing ring;
  private Envelope envelope;

  @BeforeEach
  void open() {
    database = Database.embedded(folder.resolve("data" + count++));
    rows = new WrappedKeys(database);
    ring = new KeyRing(List.of(LocalKey.of(SecretBytes.copyOf(new byte[32]))));
    envelope = at(NOW);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Envelope at(Instant now) {
    return new Envelope(new DataKeys(rows, ring, Clock.fixed(now, ZoneOffset.UTC)));
  }

  private Bytes hidden() {
    return envelope.seal(PLACE, SECRET.getBytes(UTF_8));
  }

  @Test
  void open_sameNode_givesWhatWasSealed() {
    assertThat(new String(envelope.open(PLACE, hidden()), UTF_8)).isEqualTo(SECRET);
  }

  @Test
  void open_otherNodeAndLater_givesWhatWasSealed() {
    Bytes hidden = hidden();
    Envelope later = at(NOW.plus(Duration.ofDays(1000)));
    assertThat(new String(later.open(PLACE, hidden), UTF_8)).isEqualTo(SECRET);
  }

  @Test
  void seal_twice_looksDifferent() {
    assertThat(hidden()).isNotEqualTo(hidden());
  }

  @Test
  void seal_overwritesWhatItWasGiven() {
    byte[] plain = SECRET.getBytes(UTF_8);
    envelope.seal(PLACE, plain);
    assertThat(plain).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({
    "other, webhooks, wh_1",
    "acme, key_servers, wh_1",
    "acme, webhooks, wh_2",
    "acm, ewebhooks, wh_1",
  })
  void open_swappedRow_isRefused(String tenant, String table, String row) {
    Bytes hidden = hidden();
    // The other place has keys of its own.
    envelope.seal(new Place(tenant, table, row), new byte[1]);
    refused(new Place(tenant, table, row), hidden);
  }

  @Test
  void open_anyByteChanged_isRefused() {
    byte[] hidden = hidden().toArray();
    for (int i = 0; i < hidden.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = hidden.clone();
        changed[i] ^= (byte) (1 << bit);
        refused(PLACE, Bytes.copyOf(changed));
      }
    }
  }

  @Test
  void open_anyLengthCut_isRefused() {
    byte[] hidden = hidden().toArray();
    for (int size = 0; size < hidden.length; size++) {
      refused(PLACE, Bytes.copyOf(java.util.Arrays.copyOf(hidden, size)));
    }
  }

  @Test
  void open_dataKeysSwapped_isRefused() {
    Bytes acme = hidden();
    envelope.seal(new Place("other", "webhooks", "wh_2"), new byte[1]);
    WrappedKey ours = rows.newest("acme").orElseThrow();
    WrappedKey theirs = rows.newest("other").orElseThrow();
    assertThat(rows.replace(ours, with(ours, theirs.wrapped()))).isTrue();
    envelope = at(NOW);
    refused(PLACE, acme);
  }

  @Test
  void open_dataKeyChanged_isRefused() {
    Bytes hidden = hidden();
    WrappedKey ours = rows.newest("acme").orElseThrow();
    byte[] wrapped = ours.wrapped().toArray();
    wrapped[wrapped.length / 2] ^= 1;
    assertThat(rows.replace(ours, with(ours, Bytes.copyOf(wrapped)))).isTrue();
    envelope = at(NOW);
    refused(PLACE, hidden);
  }

  @Test
  void tenants_haveKeysOfTheirOwn() {
    hidden();
    envelope.seal(new Place("other", "webhooks", "wh_1"), new byte[1]);
    assertThat(rows.newest("acme").orElseThrow().id())
        .isNotEqualTo(rows.newest("other").orElseThrow().id());
  }

  @Test
  void current_afterNinetyDays_isAnother() {
    hidden();
    String first = rows.newest("acme").orElseThrow().id();
    at(NOW.plus(Duration.ofDays(89))).seal(PLACE, new byte[1]);
    assertThat(rows.newest("acme").orElseThrow().id()).isEqualTo(first);
    at(NOW.plus(Duration.ofDays(91))).seal(PLACE, new byte[1]);
    assertThat(rows.newest("acme").orElseThrow().id()).isNotEqualTo(first);
  }

  private static WrappedKey with(WrappedKey row, Bytes wrapped) {
    return new WrappedKey(
        row.id(), row.purpose(), row.tenant(), row.keyEncryptionKey(), wrapped, row.created());
  }

  private void refused(Place place, Bytes hidden) {
    assertThatThrownBy(() -> envelope.open(place, hidden))
        .isInstanceOf(EnvelopeException.class)
        .hasMessageContaining("cannot be decrypted")
        .hasMessageNotContaining("password");
  }
}
