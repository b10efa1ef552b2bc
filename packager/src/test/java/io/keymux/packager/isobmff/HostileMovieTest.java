package io.keymux.packager.isobmff;

import static io.keymux.packager.isobmff.TestMovie.box;
import static io.keymux.packager.isobmff.TestMovie.flagged;
import static io.keymux.packager.isobmff.TestMovie.ftyp;
import static io.keymux.packager.isobmff.TestMovie.full;
import static io.keymux.packager.isobmff.TestMovie.join;
import static io.keymux.packager.isobmff.TestMovie.u32;
import static io.keymux.packager.isobmff.TestMovie.u64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.box.FourCc;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: a movie or a {@link DrmException}, soon and in little memory. */
class HostileMovieTest {
  private static final int MUTATIONS = 5_000;
  private static final int VALUES = 4;

  @Test
  void read_cutAtEachByte_refused() {
    byte[] fragmented = join(hybridHead(), moof());
    for (int length = 0; length < progressive().length; length++) {
      assertRefused(Arrays.copyOf(progressive(), length));
    }
    for (int length = hybridHead().length + 1; length < fragmented.length; length++) {
      assertRefused(Arrays.copyOf(fragmented, length));
    }
  }

  @Test
  void read_mutated_movieOrDrmException() {
    Random random = new Random(20261122);
    int refused = 0;
    long start = System.nanoTime();
    for (int i = 0; i < MUTATIONS; i++) {
      for (byte[] file : samples()) {
        refused += survives(mutate(file, random)) ? 0 : 1;
      }
    }
    assertThat((System.nanoTime() - start) / 1_000_000 / MUTATIONS).as("ms each").isLessThan(20);
    assertThat(refused).isBetween(MUTATIONS / 10, 2 * MUTATIONS - MUTATIONS / 10);
  }

  @Test
  void read_countsOfFourBillion_refusedInLittleMemory() {
    byte[] count = u32(0xffffffffL, 0xffffffffL, 0xffffffffL);
    for (String table : TestMovie.TABLES) {
      long before = allocated();
      long start = System.nanoTime();
      assertThat(survives(new TestMovie().with(full(table, 0, count)).toBytes()))
          .as(table)
          .isFalse();
      assertThat(allocated() - before).as(table).isLessThan(1 << 20);
      assertThat((System.nanoTime() - start) / 1_000_000).as(table).isLessThan(500);
    }
  }

  @Test
  void read_tenThousandNestedBoxes_refused() {
    byte[] nested = new byte[80_000];
    for (int i = 0; i < 10_000; i++) {
      byte[] header = u32(80_000 - 8L * i, FourCc.of("moov"));
      System.arraycopy(header, 0, nested, 8 * i, 8);
    }
    assertThat(survives(join(ftyp(), nested))).isFalse();
    assertThat(survives(new TestMovie().with(box("trak", nested)).toBytes())).isFalse();
  }

  @Test
  void read_hundredThousandBoxesInMoov_refused() {
    byte[] boxes = new byte[100_001 * 8];
    for (int i = 0; i < 100_001; i++) {
      System.arraycopy(box("free"), 0, boxes, 8 * i, 8);
    }
    assertThatThrownBy(() -> MovieReader.read(MemorySource.of(join(ftyp(), box("moov", boxes)))))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("more than 100000 boxes");
  }

  private static void assertRefused(byte[] file) {
    assertThatThrownBy(() -> MovieReader.read(MemorySource.of(file)))
        .as("%d bytes", file.length)
        .isInstanceOf(DrmException.class);
  }

  private static boolean survives(byte[] file) {
    try {
      Movie movie = MovieReader.read(MemorySource.of(file));
      for (MediaTrack track : movie.tracks()) {
        SampleTable samples = track.samples();
        for (int i = 0; i < samples.count(); i++) {
          assertThat(samples.offset(i)).isBetween(0L, file.length - (long) samples.size(i));
          assertThat(samples.duration(i)).isNotNegative();
        }
      }
      return true;
    } catch (DrmException e) {
      assertThat(e.code()).isNotEmpty();
      return false;
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] file = original.clone();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(file.length);
      switch (random.nextInt(VALUES)) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> file[at] = (byte) random.nextInt();
        case 2 -> Arrays.fill(file, at, Math.min(at + 4, file.length), (byte) 0xff);
        default -> Arrays.fill(file, at, Math.min(at + 4, file.length), (byte) 0);
      }
    }
    return file;
  }

  private static List<byte[]> samples() {
    return List.of(progressive(), join(hybridHead(), moof()));
  }

  private static byte[] progressive() {
    byte[] elst = full("elst", 0, u32(2, 20, -1, 0x10000, 240, 0, 0x10000));
    byte[] wave = box("wave", box("frma", u32(1)), full("esds", 0, u32(1)));
    byte[] entry = TestMovie.soundEntry("mp4a", 1, new byte[16], wave);
    return new TestMovie()
        .with(box("edts", elst))
        .with(full("ctts", 1, u32(2, 3, 5, 3, -5)))
        .with(full("stss", 0, u32(2, 1, 4)))
        .with(box("dinf", full("dref", 0, u32(1), flagged("url ", 0, 1))))
        .with(TestMovie.handler("soun"))
        .with(full("stsd", 0, u32(1), entry))
        .toBytes();
  }

  /** A movie that is complete, but says that fragments may follow. */
  private static byte[] hybridHead() {
    return new TestMovie().with(box("mvex", full("trex", 0, u32(1, 1, 100, 5, 0)))).toBytes();
  }

  private static byte[] moof() {
    return box(
        "moof",
        full("mfhd", 0, u32(1)),
        box(
            "traf",
            flagged("tfhd", 0, 0x20000, u32(1)),
            full("tfdt", 1, u64(4000)),
            flagged("trun", 1, 0xf01, u32(2, 0, 300, 7, 0, 20, 200, 9, 0x10000, -30))));
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
