package io.keymux.api.keyserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.DataDirectory;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestedKeysTest {
  private static final KeyId ONE = KeyId.parse("0f083e4e-b831-4a3d-917e-ce78076e54aa");
  private static final KeyId TWO = KeyId.parse("0f083e4e-b831-4a3d-917e-ce78076e54ab");
  private static final KeyId THREE = KeyId.parse("0f083e4e-b831-4a3d-917e-ce78076e54ac");
  private static final Bytes IV = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");

  private final IngestedKeys ingested = new IngestedKeys(2);

  @Test
  void put_anotherKey_isTakenOnlyIfItMayOverwrite() {
    assertThat(ingested.put("a", ONE, key(1), IV, false)).isTrue();
    assertThat(ingested.put("b", ONE, key(2), null, false)).isFalse();
    assertThat(ingested.key(ONE)).contains(key(1));
    assertThat(ingested.iv(ONE)).contains(IV);
    assertThat(ingested.key("b", ONE)).isEmpty();
    assertThat(ingested.put("b", ONE, key(2), null, true)).isTrue();
    assertThat(ingested.key("b", ONE)).contains(key(2));
    assertThat(ingested.iv(ONE)).isEmpty();
    assertThat(ingested.key("a", ONE)).isEmpty();
  }

  @Test
  void put_sameKeyAgain_isForBothContents() {
    assertThat(ingested.put("a", ONE, key(1), null, false)).isTrue();
    assertThat(ingested.put("b", ONE, key(1), null, false)).isTrue();
    assertThat(ingested.key("a", ONE)).contains(key(1));
    assertThat(ingested.key("b", ONE)).contains(key(1));
  }

  @Test
  void put_moreThanAreKept_dropsTheOldest() {
    ingested.put("a", ONE, key(1), null, false);
    ingested.put("a", TWO, key(2), null, false);
    ingested.put("a", ONE, key(1), null, false);
    ingested.put("a", THREE, key(3), null, false);
    assertThat(ingested.key(TWO)).isEmpty();
    assertThat(ingested.key(ONE)).contains(key(1));
    assertThat(ingested.key(THREE)).contains(key(3));
  }

  @Test
  void key_wipedByItsReader_staysWhatItIs() {
    SecretBytes given = key(1);
    ingested.put("a", ONE, given, null, false);
    given.wipe();
    ingested.key(ONE).orElseThrow().wipe();
    assertThat(ingested.key(ONE)).contains(key(1));
  }

  @Test
  void ingest_keyOfTheSeed_isNeverReplaced(@TempDir Path folder) {
    EmbeddedKeys keys = EmbeddedKeys.open(DataDirectory.open(folder.resolve("data")));
    KeyId id = keys.keyId("a", "SD");
    keys.issue("a", List.of(id));
    SecretBytes seeded = keys.keyOf(id);
    assertThat(keys.ingest("a", id, key(1), null, true)).isFalse();
    assertThat(keys.ingest("b", id, seeded, null, false)).isTrue();
    assertThat(keys.delivered("a", id)).contains(seeded);
    assertThat(keys.delivered("b", id)).contains(seeded);
    assertThat(keys.delivered("c", id)).isEmpty();
  }

  @Test
  void ingest_key_goesBeforeTheSeeds(@TempDir Path folder) {
    EmbeddedKeys keys = EmbeddedKeys.open(DataDirectory.open(folder.resolve("data")));
    assertThat(keys.delivered(ONE)).isEmpty();
    assertThat(keys.ingest("a", ONE, key(1), IV, false)).isTrue();
    keys.issue("b", List.of(ONE));
    assertThat(List.of(keys.keyOf(ONE), keys.delivered(ONE).orElseThrow())).containsOnly(key(1));
    assertThat(keys.delivered("a", ONE)).contains(key(1));
    assertThat(keys.delivered("b", ONE)).contains(key(1));
    assertThat(keys.ivOf(ONE)).isEqualTo(IV);
    assertThat(keys.ingest("a", ONE, key(2), null, true)).isTrue();
    assertThat(keys.delivered(ONE)).contains(key(2));
  }

  private static SecretBytes key(int value) {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) value);
    return SecretBytes.copyOf(bytes);
  }
}
