package io.keymux.packager.bento4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keymux.cpix.DrmException;
import io.keymux.packager.Keymux;
import io.keymux.packager.SampleJob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that end well and made a wrong file, with one thing changed each. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class WrongOutputTest {
  /** Behind the four characters of a full box's type. */
  private static final int BODY = 8;

  private static FakeBento4.Made made;

  @TempDir Path temp;
  private FakeBento4 bento4;

  /** The file without its fault, and where a box of that type begins to have fields. */
  private record Patch(String name, String box, Consumer<ByteBuffer> change, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void make(@TempDir Path folder) throws InterruptedException {
    made = FakeBento4.Made.in(folder);
  }

  @BeforeEach
  void prepare() throws Exception {
    bento4 = new FakeBento4(temp.resolve("bento4"), made);
  }

  static Stream<Patch> patches() {
    return Stream.of(
        new Patch("zero KID", "tenc", b -> b.position(b.position() + 4).put(new byte[16]), "zeros"),
        new Patch("other KID", "tenc", b -> b.put(b.position() + 4, (byte) 0x77), "has KID"),
        new Patch("other scheme", "schm", b -> b.put("cbc1".getBytes(ISO_8859_1)), "in cbc1"),
        new Patch("IVs of 16 bytes", "tenc", b -> b.put(b.position() + 3, (byte) 16), ""),
        new Patch("clear", "tenc", b -> b.put(b.position() + 2, (byte) 0), "subsamples"),
        new Patch("other first IV", "senc", b -> flip(b, 4), "sample 0 has IV"),
        new Patch("wrapped saiz", "saiz", b -> flip(b, 0), "saiz says"),
        new Patch("fewer subsamples", "senc", b -> b.put(b.position() + 13, (byte) 0), ""),
        new Patch("a sample with bytes missing", "trun", b -> shorten(b), ""),
        new Patch("fewer samples", "trun", b -> b.putInt(b.getInt(b.position()) - 1), ""));
  }

  private static void flip(ByteBuffer body, int at) {
    int place = body.position() + at;
    body.put(place, (byte) ~body.get(place));
  }

  /** The size of the first sample, behind count, data offset and what comes before a size. */
  private static void shorten(ByteBuffer body) {
    int start = body.position();
    int flags = body.getInt(start - 4);
    int at = start + 4;
    at += (flags & 1) != 0 ? 4 : 0;
    at += (flags & 4) != 0 ? 4 : 0;
    at += (flags & 0x100) != 0 ? 4 : 0;
    body.putInt(at, body.getInt(at) - 1);
  }

  @ParameterizedTest
  @MethodSource("patches")
  void run_mp4encryptMadeAWrongFile_isRefused(Patch patch) throws IOException {
    byte[] file = Files.readAllBytes(bento4.encrypted());
    int at = new String(file, ISO_8859_1).indexOf(patch.box());
    patch.change().accept(ByteBuffer.wrap(file).position(at + BODY));
    Files.write(bento4.encrypted(), file);

    assertThat(refusal().problem()).contains(patch.said());
  }

  @Test
  void run_mp4encryptCopiesItsInput_isRefused() throws IOException {
    Files.copy(bento4.clear(), bento4.encrypted(), StandardCopyOption.REPLACE_EXISTING);

    assertThat(refusal().problem()).contains("is not encrypted");
  }

  @Test
  void run_mp4fragmentDoesNotFragment_isRefused() throws IOException {
    Path progressive = SampleJob.sample(FakeBento4.VIDEO);
    Files.copy(progressive, bento4.clear(), StandardCopyOption.REPLACE_EXISTING);

    assertThat(refusal().problem()).contains("is not fragmented");
  }

  @Test
  void run_anotherTrack_isRefused() throws IOException {
    Path other = SampleJob.sample("video-540p");
    Files.copy(other, bento4.clear(), StandardCopyOption.REPLACE_EXISTING);

    assertThat(refusal().problem()).contains("that of the input");
  }

  private DrmException refusal() {
    Path output = temp.resolve("output");
    Throwable thrown =
        catchThrowable(
            () ->
                Keymux.packager()
                    .keys(FakeBento4::keys)
                    .engine(bento4.engine())
                    .run(FakeBento4.job(output).build()));
    assertThat(output).doesNotExist();
    assertThat(thrown)
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> assertThat(e.code()).as(e.getMessage()).isEqualTo("tool-output-wrong"));
    return (DrmException) thrown;
  }
}
