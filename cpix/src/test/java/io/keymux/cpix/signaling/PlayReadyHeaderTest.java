package io.keymux.cpix.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs every vector of {@code vectors/wrmheader.json}, whose checksums openssl made. */
class PlayReadyHeaderTest {

  record Vector(
      String id,
      String comment,
      String scheme,
      List<KeyVector> keys,
      @Nullable String laUrl,
      String xml) {
    @Override
    public String toString() {
      return id + ": " + comment;
    }

    PlayReadyHeader header() {
      return PlayReadyHeader.of(
          ProtectionScheme.ofFourCc(scheme),
          keys.stream().map(KeyVector::toKey).toList(),
          laUrl,
          null);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void toXml_vector_isExactlyThis(Vector vector) {
    assertThat(vector.header().toXml()).isEqualTo(vector.xml());
  }

  @ParameterizedTest
  @MethodSource("all")
  void parse_ofWritten_isTheSameRecord(Vector vector) {
    PlayReadyObject object = PlayReadyObject.of(vector.header());
    assertThat(PlayReadyObject.parse(object.toBytes().toArray())).isEqualTo(object);
    assertThat(object.header()).contains(vector.header());
  }

  @Test
  void toXml_bothUrls_standInOrder() {
    PlayReadyHeader header =
        new PlayReadyHeader(
            PlayReadyHeader.Version.V4_1,
            List.of(new PlayReadyHeader.Key(new KeyId(new UUID(0, 1)), null, null)),
            "https://la.example/?\"q\"",
            "https://lui.example/");
    assertThat(header.toXml())
        .endsWith(
            "<KID VALUE=\"AAAAAAAAAAAAAAAAAAAAAQ==\"></KID></PROTECTINFO>"
                + "<LA_URL>https://la.example/?&quot;q&quot;</LA_URL>"
                + "<LUI_URL>https://lui.example/</LUI_URL></DATA></WRMHEADER>");
    assertThat(PlayReadyHeader.parse(header.toXml())).isEqualTo(header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u001bb", "a\ud800b", "a\uffffb"})
  void toXml_characterThatXmlLacks_isRefused(String url) {
    PlayReadyHeader header = PlayReadyHeader.of(ProtectionScheme.CBCS, List.of(key(1)), url, null);
    assertThatThrownBy(header::toXml)
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("invalid-signaling-value"))
        .hasMessageContaining("LA_URL");
  }

  @Test
  void toBytes_at15KiB_isRefusedAndJustBelowIsNot() {
    int empty = object("").toBytes().size();
    int room = (PlayReadyObject.SIZE_LIMIT - 1 - empty) / 2;
    assertThat(object("x".repeat(room)).toBytes().size()).isLessThan(15360);
    assertThatThrownBy(() -> object("x".repeat(room + 1)).toBytes())
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("playready-object-too-large"))
        .hasMessageContaining("15360");
  }

  @Test
  void toBytes_tooManyKeys_isRefused() {
    List<ContentKey> keys = LongStream.range(0, 200).mapToObj(PlayReadyHeaderTest::key).toList();
    PlayReadyObject object =
        PlayReadyObject.of(PlayReadyHeader.of(ProtectionScheme.CENC, keys, null, null));
    assertThatThrownBy(object::toBytes)
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("playready-object-too-large"));
  }

  @Test
  void derive_seedOf29Bytes_isRefused() {
    SecretBytes seed = SecretBytes.copyOf(new byte[29]);
    assertThatThrownBy(() -> PlayReadyKeySeed.derive(seed, new KeyId(new UUID(0, 1))))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("key-seed-too-short"))
        .hasMessageContaining("29");
  }

  @Test
  void derive_longerSeed_onlyFirst30BytesCount() {
    byte[] seed = new byte[40];
    KeyId kid = new KeyId(new UUID(0, 1));
    SecretBytes first = PlayReadyKeySeed.derive(SecretBytes.copyOf(seed), kid);
    seed[30] = 1;
    assertThat(PlayReadyKeySeed.derive(SecretBytes.copyOf(seed), kid)).isEqualTo(first);
    seed[29] = 1;
    assertThat(PlayReadyKeySeed.derive(SecretBytes.copyOf(seed), kid)).isNotEqualTo(first);
  }

  private static PlayReadyObject object(String laUrl) {
    return PlayReadyObject.of(
        PlayReadyHeader.of(ProtectionScheme.CBCS, List.of(key(1)), laUrl, null));
  }

  private static ContentKey key(long number) {
    SecretBytes value = SecretBytes.copyOf(new byte[16]);
    return new ContentKey(new KeyId(new UUID(0, number)), value, null, null);
  }

  static Stream<Vector> all() {
    return Vectors.load("wrmheader.json", new TypeReference<List<Vector>>() {}).stream();
  }
}
