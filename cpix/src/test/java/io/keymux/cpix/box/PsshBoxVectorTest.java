package io.keymux.cpix.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every vector of {@code vectors/pssh.json}. Add a case there, not here. */
class PsshBoxVectorTest {

  record Vector(String id, String comment, String result, String hex, @Nullable String error) {
    byte[] bytes() {
      return Bytes.ofHex(hex.replace(" ", "")).toArray();
    }

    @Override
    public String toString() {
      return id + ": " + comment;
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void parseThenWrite_validVector_isByteExact(Vector vector) {
    assertThat(PsshBox.parse(vector.bytes()).toBytes()).isEqualTo(vector.bytes());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void parse_invalidVector_saysWhatAndWhere(Vector vector) {
    assertThatThrownBy(() -> PsshBox.parse(vector.bytes()))
        .isInstanceOf(MalformedBoxException.class)
        .hasMessageContaining(Objects.requireNonNull(vector.error()))
        .extracting(e -> ((DrmException) e).code())
        .isEqualTo("malformed-mp4");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void parse_everyTruncation_isMalformed(Vector vector) {
    for (int length = 0; length < vector.bytes().length; length++) {
      byte[] truncated = Arrays.copyOf(vector.bytes(), length);
      assertThatThrownBy(() -> PsshBox.parse(truncated)).isInstanceOf(MalformedBoxException.class);
    }
  }

  /** The size is made to agree with the truncation, so that the inner counts have to catch it. */
  @ParameterizedTest
  @MethodSource("valid")
  void parse_everyTruncationWithMatchingSize_isMalformed(Vector vector) {
    for (int length = 8; length < vector.bytes().length; length++) {
      byte[] truncated = Arrays.copyOf(vector.bytes(), length);
      truncated[2] = (byte) (length >>> 8);
      truncated[3] = (byte) length;
      assertThatThrownBy(() -> PsshBox.parse(truncated)).isInstanceOf(MalformedBoxException.class);
    }
  }

  @Test
  void parseAll_allValidVectorsInARow_givesEachInOrder() {
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    valid().forEach(vector -> row.writeBytes(vector.bytes()));
    assertThat(PsshBox.parseAll(row.toByteArray()))
        .isEqualTo(valid().map(vector -> PsshBox.parse(vector.bytes())).toList());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void parseAll_invalidVectorBehindAValidOne_isMalformedBehindIt(Vector vector) {
    byte[] first = valid().findFirst().orElseThrow().bytes();
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    row.writeBytes(first);
    row.writeBytes(vector.bytes());
    assertThatThrownBy(() -> PsshBox.parseAll(row.toByteArray()))
        .isInstanceOfSatisfying(
            MalformedBoxException.class,
            e -> assertThat(e.offset()).isGreaterThanOrEqualTo(first.length));
  }

  @Test
  void new_version0WithKids_throws() {
    List<KeyId> kids = List.of(KeyId.parse("31323334353637383930313233343536"));
    assertThatThrownBy(() -> new PsshBox(0, DrmSystem.WIDEVINE.systemId(), kids, Bytes.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<Vector> valid() {
    return load().stream().filter(vector -> vector.result().equals("valid"));
  }

  static Stream<Vector> invalid() {
    return load().stream().filter(vector -> vector.result().equals("invalid"));
  }

  private static List<Vector> load() {
    try (InputStream in =
        Objects.requireNonNull(PsshBoxVectorTest.class.getResourceAsStream("/vectors/pssh.json"))) {
      return new ObjectMapper().readValue(in, new TypeReference<List<Vector>>() {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
