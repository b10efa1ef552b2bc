package io.keymux.testvectors.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.testvectors.judge.ClearSamples;
import io.keymux.testvectors.judge.JudgedSample;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.KeyRing;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.judge.UnreadableMediaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Flipped bits in the description of a movie: it is refused, or packaged as the judge reads what
 * the description says now. More than 100 files of each: {@code -Dkeymux.corpus.flips=1000}.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class FlippedBitsTest {
  private static final int FILES = Integer.getInteger("keymux.corpus.flips", 100);

  /** Files that the judge cannot read and Keymux can, of a hundred: the judge is stricter. */
  private static final int UNJUDGED_PERCENT = 3;

  @ParameterizedTest
  @CsvSource({
    "av, '', 1",
    "v, order ftyp moov mdat; relocate, 2",
    "av, frag per=3, 3",
    "hevc, '', 4",
  })
  void package_flippedBits_refusedOrAsTheJudgeReads(
      String base, String steps, long seed, @TempDir Path work) throws Exception {
    byte[] whole = OddFile.make(OddCase.base(base), steps);
    Random random = new Random(seed);
    int packaged = 0;
    int unjudged = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] file = flip(whole, random);
      Path input = Files.write(work.resolve("input.mp4"), file);
      String where = "seed %d, file %d".formatted(seed, i);
      try {
        List<OddJob.Result> results = OddJob.run(input, i % 4, work);
        packaged++;
        List<List<Bytes>> read = judge(input, file, steps.startsWith("frag"));
        unjudged += read.isEmpty() ? 1 : 0;
        for (OddJob.Result result : results) {
          assertThat(read.isEmpty() || read.contains(result.samples())).as(where).isTrue();
        }
      } catch (DrmException e) {
        assertThat(e.code()).as(where + ": " + e.problem()).isNotEqualTo("verification-failed");
        assertThat(work.resolve("out")).as(where).doesNotExist();
      } finally {
        Folders.delete(work.resolve("out"));
      }
    }
    assertThat(packaged).isBetween(FILES / 10, FILES * 9 / 10);
    assertThat(unjudged).isLessThanOrEqualTo(FILES * UNJUDGED_PERCENT / 100);
  }

  /** The samples of all tracks; none if the judge cannot read them. */
  private static List<List<Bytes>> judge(Path input, byte[] file, boolean fragmented)
      throws Exception {
    try {
      List<JudgedTrack> tracks =
          fragmented ? ReferenceDecryptor.decrypt(file, KeyRing.empty()) : ClearSamples.read(input);
      return tracks.stream()
          .map(track -> track.samples().stream().map(JudgedSample::data).toList())
          .toList();
    } catch (UnreadableMediaException | ArithmeticException e) {
      return List.of();
    }
  }

  /** One to three bits outside of mdat. */
  private static byte[] flip(byte[] whole, Random random) {
    byte[] file = whole.clone();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(file.length);
      while (isMedia(whole, at)) {
        at = random.nextInt(file.length);
      }
      file[at] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  private static boolean isMedia(byte[] whole, int at) {
    int start = 0;
    for (OddBox box : OddBox.file(whole).children) {
      int end = start + box.fields.length + 8;
      if (box.type.equals("mdat") && at >= start + 8 && at < end) {
        return true;
      }
      start += box.toBytes().length;
    }
    return false;
  }
}
