package io.keymux.testvectors.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.testvectors.suite.VectorFile;
import io.keymux.testvectors.suite.VectorFile.Vector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs {@code vectors/sample-encryption} through the judge. Add a case there, not here. */
class SampleVectorsTest {
  private static final KeyId KEY_ID = KeyId.parse("31323334353637383930313233343536");

  static List<Vector> vectors() throws IOException {
    return VectorFile.read("sample-encryption");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void decrypt_sampleVector_hasItsVerdict(Vector vector) {
    JsonNode input = vector.input();
    byte[] sample = HexFormat.of().parseHex(input.path("sample").asText());
    String scheme = input.path("scheme").asText();
    Bytes iv = Bytes.ofHex(input.path("iv").asText());
    boolean constant = scheme.equals("cbcs");
    Protection how =
        new Protection(
            scheme,
            true,
            constant ? 0 : iv.size(),
            KEY_ID,
            input.path("cryptBlocks").asInt(),
            input.path("skipBlocks").asInt(),
            constant ? iv : Bytes.empty());
    List<Subsample> subsamples = new ArrayList<>();
    for (JsonNode pair : input.path("subsamples")) {
      subsamples.add(new Subsample(pair.path(0).asInt(), pair.path(1).asInt()));
    }
    AuxInfo info = new AuxInfo(constant ? Bytes.empty() : iv, subsamples);
    SampleCipher cipher = new SampleCipher(HexFormat.of().parseHex(input.path("key").asText()));

    if (!vector.isValid()) {
      assertThatThrownBy(() -> cipher.decrypt(sample, how, info, 0))
          .isInstanceOfSatisfying(
              UnreadableMediaException.class,
              e -> assertThat(e.code()).isEqualTo(vector.expected().path("code").asText()));
      return;
    }
    cipher.decrypt(sample, how, info, 0);

    assertThat(HexFormat.of().formatHex(sample))
        .isEqualTo(vector.expected().path("sample").asText());
  }
}
