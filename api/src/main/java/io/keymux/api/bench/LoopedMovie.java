package io.keymux.api.bench;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.output.OutputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A movie that plays the media of another several times over, in a file of the same size: its
 * {@code moov} refers to the same bytes of {@code mdat} again and again. So an input of 10 GB fits
 * in the page cache.
 *
 * <pre>
 * ftyp  moov         mdat      as it was
 * ftyp  free (moov)  mdat  moov'    chunk offsets stay valid
 * </pre>
 *
 * <p>Tracks of different length drift apart by that difference at each turn.
 */
final class LoopedMovie {
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int MAX_MOOV_BYTES = 256 << 20;

  private LoopedMovie() {}

  /**
   * Copies {@code movie} and replaces its description.
   *
   * @param movie one that the packager can open
   * @param times at least 2
   * @throws DrmException with code {@code loop-unsupported} if it is fragmented, or one of its
   *     boxes has no size or is of a kind that is not repeated; with the codes of {@link
   *     OutputException} if {@code target} cannot be written
   */
  static void write(Path movie, int times, Path target) {
    try {
      Files.copy(movie, target);
      try (FileChannel file = FileChannel.open(target, READ, WRITE)) {
        rewrite(file, movie, times);
      }
    } catch (IOException e) {
      throw OutputException.of(target.toString(), e);
    }
  }

  private static void rewrite(FileChannel file, Path movie, int times) throws IOException {
    Extent moov = null;
    Extent box;
    for (long at = 0; at + HEADER <= file.size(); at = box.end()) {
      box = header(file, at, movie);
      if (box.type() == FourCc.of("moof")) {
        throw unsupported(movie, "is fragmented");
      }
      if (box.type() == FourCc.of("moov")) {
        moov = box;
      }
    }
    if (moov == null || moov.size() > MAX_MOOV_BYTES) {
      throw unsupported(movie, "has no moov, or one of more than " + MAX_MOOV_BYTES + " bytes");
    }
    byte[] old = read(file, moov.offset(), (int) moov.size());
    byte[] longer = new LoopedMoov(movie, times).write(new BoxReader(old, moov.offset()).box());
    write(file, ByteBuffer.allocate(4).putInt(FourCc.of("free")).flip(), moov.offset() + 4);
    write(file, ByteBuffer.wrap(longer), file.size());
  }

  private static Extent header(FileChannel file, long at, Path movie) throws IOException {
    BoxReader reader =
        new BoxReader(read(file, at, (int) Math.min(LARGE_HEADER, file.size() - at)), at);
    long size = reader.u32();
    int type = reader.i32();
    if (size == 1) {
      size = reader.u64("size of " + FourCc.name(type));
    }
    if (size < HEADER) {
      throw unsupported(movie, "has a box without a size at byte offset " + at);
    }
    return new Extent(type, at, size);
  }

  private static byte[] read(FileChannel file, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("the file became shorter");
      }
    }
    return bytes.array();
  }

  private static void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
  }

  static DrmException unsupported(Path movie, String why) {
    Path name = movie.getFileName();
    return new DrmException(
        Blame.UNSUPPORTED,
        "loop-unsupported",
        "%s %s: it cannot be looped.".formatted(name == null ? movie : name, why),
        "Make it a plain MP4, for example with ffmpeg -c copy, or leave --loop out.");
  }

  /**
   * @param offset in the file, in bytes
   * @param size with header, in bytes
   */
  private record Extent(int type, long offset, long size) {
    long end() {
      return offset + size;
    }
  }
}
