package io.keymux.cpix.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every vector of {@code vectors/hostile-pssh-data.json}: lengths and numbers that lie. */
class HostileDataTest {

  record Vector(String id, String comment, String format, String hex, String code, String error) {
    @Override
    public String toString() {
      return format + " " + id + ": " + comment;
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void parse_hostileVector_saysWhatAndWhere(Vector vector) {
    byte[] data = Vectors.hex(vector.hex());
    assertThatThrownBy(
            () -> {
              if (vector.format().equals("playready")) {
                PlayReadyObject.parse(data);
              } else {
                WidevinePsshData.parse(data);
              }
            })
        .isInstanceOfSatisfying(
            MalformedSignalingException.class, e -> assertThat(e.code()).isEqualTo(vector.code()))
        .hasMessageContaining(vector.error());
  }

  static Stream<Vector> all() {
    return Vectors.load("hostile-pssh-data.json", new TypeReference<List<Vector>>() {}).stream();
  }
}
