package io.keymux.testvectors.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is cut off, at every byte. */
@Timeout(60)
class CutFileTest {
  private static final int PADDING = 5;

  @TempDir Path work;

  /** Only the padding may be missing. */
  @ParameterizedTest
  @CsvSource({"moov last,''", "moov first,order ftyp moov mdat; relocate;"})
  void package_progressiveCutAnywhere_refusedOrWhole(String name, String steps) throws Exception {
    byte[] whole = OddFile.make(OddCase.base("v"), steps + "append " + PADDING + "*8:0");
    List<Bytes> samples = samples(whole);
    assertThat(samples).hasSize(12);

    for (int length = 0; length < whole.length; length++) {
      List<Bytes> left = samples(Arrays.copyOf(whole, length));
      assertThat(left)
          .as("%s, cut at %d of %d", name, length, whole.length)
          .isEqualTo(length < whole.length - PADDING ? List.of() : samples);
    }
  }

  /** A file that ends behind a fragment is a whole shorter one: nothing says that more follows. */
  @Test
  void package_fragmentedCutAnywhere_refusedOrWholeFragments() throws Exception {
    byte[] whole = OddFile.make(OddCase.base("v"), "frag per=3");
    OddBox file = OddBox.file(whole);
    List<Integer> ends = new ArrayList<>();
    int at = 0;
    for (OddBox box : file.children) {
      at += box.toBytes().length;
      if (box.type.equals("mdat")) {
        ends.add(at);
      }
    }
    List<Bytes> samples = samples(whole);
    assertThat(samples).hasSize(12);

    for (int length = 0; length < whole.length; length++) {
      int complete = 3 * (ends.indexOf(length) + 1);
      assertThat(samples(Arrays.copyOf(whole, length)))
          .as("cut at %d of %d", length, whole.length)
          .isEqualTo(samples.subList(0, complete));
    }
  }

  /** Those of the only track; none if the file is refused. */
  private List<Bytes> samples(byte[] file) throws Exception {
    Path input = Files.write(work.resolve("input.mp4"), file);
    try {
      return OddJob.run(input, 0, work).get(0).samples();
    } catch (DrmException e) {
      assertThat(e.code()).isNotEqualTo("verification-failed");
      assertThat(work.resolve("out")).doesNotExist();
      return List.of();
    } finally {
      Folders.delete(work.resolve("out"));
    }
  }
}
