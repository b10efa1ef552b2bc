package io.keymux.packager.verify.ts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Any bytes are read, with problems said; nothing is read twice, whatever the chunks. */
class TsReaderFuzzTest {

  @FuzzTest(maxDuration = "150s")
  void read_anySegment_saysProblemsOnly(byte[] input) {
    List<String> whole = read(input, input.length + 1);

    assertThat(read(input, 100)).isEqualTo(whole);
  }

  private static List<String> read(byte[] input, int chunk) {
    List<String> said = new ArrayList<>();
    long[] bytes = new long[1];
    TsReader reader =
        new TsReader(
            (code, place, text) -> said.add(code + " " + place + " " + text),
            (stream, pes) -> {
              bytes[0] += pes.data().size();
              said.add(pes.place() + " " + pes.pts() + " " + pes.dts() + " " + pes.data().size());
              int units =
                  ByteStream.nalUnits(pes.data().toArray()).stream().mapToInt(u -> u.length).sum();
              assertThat(units).isLessThanOrEqualTo(pes.data().size());
            });
    reader.begin("fuzz", false);
    for (int at = 0; at < input.length; at += chunk) {
      byte[] part = Arrays.copyOfRange(input, at, Math.min(input.length, at + chunk));
      reader.read(part, 0, part.length);
    }
    reader.end();
    assertThat(bytes[0]).isLessThanOrEqualTo(input.length);
    return said;
  }
}
