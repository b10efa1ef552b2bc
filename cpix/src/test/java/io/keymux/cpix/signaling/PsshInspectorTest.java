package io.keymux.cpix.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every vector of {@code vectors/inspect.json}. */
class PsshInspectorTest {

  record Vector(
      String id,
      String comment,
      String result,
      String hex,
      @Nullable List<String> expected,
      @Nullable String code,
      @Nullable String error) {

    byte[] bytes() {
      return Vectors.hex(hex);
    }

    @Override
    public String toString() {
      return id + ": " + comment;
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void inspect_validVector_saysExactlyThis(Vector vector) {
    String text =
        PsshInspector.inspect(vector.bytes()).stream()
            .map(PsshDescription::toText)
            .collect(Collectors.joining());
    assertThat(text.lines()).containsExactlyElementsOf(Objects.requireNonNull(vector.expected()));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void inspect_invalidVector_failsWithCodeAndPlace(Vector vector) {
    assertThatThrownBy(() -> PsshInspector.inspect(vector.bytes()))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo(vector.code()))
        .hasMessageContaining(Objects.requireNonNull(vector.error()));
  }

  /** A truncated input may still be something; it is never a crash. */
  @ParameterizedTest
  @MethodSource("valid")
  void inspect_everyTruncation_isDescribedOrRefused(Vector vector) {
    for (int length = 0; length < vector.bytes().length; length++) {
      describeOrRefuse(Arrays.copyOf(vector.bytes(), length));
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void inspect_mutations_areDescribedOrRefused(Vector vector) {
    Random random = new Random(4);
    for (int round = 0; round < 100; round++) {
      byte[] mutated = vector.bytes();
      for (int i = random.nextInt(3); i >= 0; i--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      describeOrRefuse(mutated);
    }
  }

  @Test
  void inspect_kidInsideAndOutside_standsOnceInKeyIds() {
    KeyId kid = KeyId.parse("31323334353637383930313233343536");
    byte[] data = Vectors.hex("1210" + kid.toHex());
    byte[] box =
        Vectors.hex(
            "0000004670737368"
                + "01000000edef8ba979d64acea3c827dcd51d21ed"
                + "00000001"
                + kid.toHex()
                + "00000012"
                + "1210"
                + kid.toHex());
    assertThat(PsshInspector.inspect(box).get(0).keyIds()).containsExactly(kid);
    assertThat(PsshInspector.inspect(data).get(0).keyIds()).containsExactly(kid);
  }

  private static void describeOrRefuse(byte[] input) {
    try {
      assertThat(PsshInspector.inspect(input)).isNotEmpty();
    } catch (DrmException e) {
      assertThat(e.code()).isNotEmpty();
    }
  }

  static Stream<Vector> valid() {
    return all().filter(vector -> vector.result().equals("valid"));
  }

  static Stream<Vector> invalid() {
    return all().filter(vector -> vector.result().equals("invalid"));
  }

  private static Stream<Vector> all() {
    return Vectors.load("inspect.json", new TypeReference<List<Vector>>() {}).stream();
  }
}
