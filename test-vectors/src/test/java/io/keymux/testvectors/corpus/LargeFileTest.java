package io.keymux.testvectors.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are too large to keep: made when wanted, and deleted. */
@Timeout(60)
class LargeFileTest {
  private static final int FRAGMENTS = 100_000;

  /** Between chunks, so that twelve of them reach to 5.5 GB. */
  private static final long STRIDE = 500_000_000;

  @TempDir Path work;

  @Test
  void package_hundredThousandFragments_allSamples() throws Exception {
    byte[] base = OddFile.make(OddCase.base("a"), "frag per=1");
    OddBox file = OddBox.file(base);
    OddBox moof = file.at("moof");
    List<SampleRow> rows =
        SampleRow.of(
            Files.readAllBytes(OddCase.base("a")),
            OddBox.file(Files.readAllBytes(OddCase.base("a"))).at("trak"));
    List<Bytes> samples = new ArrayList<>();
    Path input = work.resolve("input.mp4");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input))) {
      out.write(file.at("ftyp").toBytes());
      out.write(file.at("moov").toBytes());
      for (int i = 0; i < FRAGMENTS; i++) {
        // Those with the usual duration.
        byte[] data = rows.get(i % 19).data().toArray();
        moof.at("mfhd").fields(4).putInt(i + 1);
        moof.at("tfdt").fields(4).putLong(1024L * i);
        moof.at("trun").fields(16).putInt(data.length);
        out.write(moof.toBytes());
        out.write(new OddBox("mdat", data).toBytes());
        samples.add(Bytes.copyOf(data));
      }
    }
    OddJob.Result result = OddJob.run(input, 2, work, 30).get(0);
    assertThat(result.samples()).isEqualTo(samples);
    assertThat(result.times().presentation().get(FRAGMENTS - 1))
        .isEqualTo(1024L * (FRAGMENTS - 1) - 1024);
  }

  @Test
  void package_fileAbove4Gigabytes_allSamples() throws Exception {
    OddBox file = OddBox.file(OddFile.make(OddCase.base("av"), "co64; drop trak[2]"));
    OddBox co64 = file.at("co64");
    List<SampleRow> rows = SampleRow.of(OddFile.make(OddCase.base("av"), ""), originalTrack());
    int head = file.at("ftyp").toBytes().length + file.at("moov").toBytes().length;
    Path input = work.resolve("input.mp4");
    try (RandomAccessFile out = new RandomAccessFile(input.toFile(), "rw")) {
      ByteBuffer offsets = co64.fields(8);
      long end = head + 16L;
      for (int i = 0; i < rows.size(); i++) {
        long at = head + 16 + i * STRIDE;
        offsets.putLong(at);
        out.seek(at);
        out.write(rows.get(i).data().toArray());
        end = at + rows.get(i).data().size();
      }
      out.seek(0);
      out.write(file.at("ftyp").toBytes());
      out.write(file.at("moov").toBytes());
      out.writeInt(1);
      out.writeBytes("mdat");
      out.writeLong(end - head);
    }
    assertThat(Files.size(input)).isGreaterThan(11 * STRIDE);
    List<OddJob.Result> results = OddJob.run(input, 1, work);
    assertThat(results).hasSize(1);
    assertThat(results.get(0).samples()).isEqualTo(rows.stream().map(SampleRow::data).toList());
  }

  private static OddBox originalTrack() throws Exception {
    return OddBox.file(OddFile.make(OddCase.base("av"), "")).at("trak");
  }
}
