package io.keymux.packager.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Edits to the bytes and the text of a packaged output, each of which must change something. */
final class OutputEdits {
  /** Changes a file of the output. */
  @FunctionalInterface
  interface Change {
    void apply(Path output) throws IOException;
  }

  private OutputEdits() {}

  /** VIDEO and AUDIO stand for the tracks' names. */
  static Path find(Path output, String name) throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      List<String> names =
          files.map(file -> file.getFileName().toString().replaceFirst("\\..*", "")).toList();
      String video = names.stream().filter(n -> n.startsWith("v")).findFirst().orElseThrow();
      String audio = names.stream().filter(n -> n.startsWith("a")).findFirst().orElseThrow();
      return output.resolve(name.replace("VIDEO", video).replace("AUDIO", audio));
    }
  }

  static Change bytes(String name, UnaryOperator<byte[]> change) {
    return output -> {
      Path file = find(output, name);
      byte[] before = Files.readAllBytes(file);
      byte[] after = change.apply(before.clone());
      assertThat(after).isNotEqualTo(before);
      Files.write(file, after);
    };
  }

  static Change text(String name, String pattern, String replacement) {
    return output -> {
      Path file = find(output, name);
      String before = Files.readString(file, UTF_8);
      String after = before.replaceAll(pattern, replacement);
      assertThat(after).isNotEqualTo(before);
      Files.writeString(file, after, UTF_8);
    };
  }

  /** Adds to a byte of the first box of a type, counted from the start of the box. */
  static UnaryOperator<byte[]> add(String box, int at, int value) {
    return bytes -> {
      bytes[start(bytes, box) + at] += (byte) value;
      return bytes;
    };
  }

  static UnaryOperator<byte[]> tencKeyId(int at) {
    return add("tenc", 16 + at, 1);
  }

  private static int start(byte[] bytes, String box) {
    int at = new String(bytes, ISO_8859_1).indexOf(box);
    assertThat(at).as(box).isPositive();
    return at - 4;
  }

  static byte[] flip(byte[] bytes, int at) {
    bytes[at] ^= 1;
    return bytes;
  }

  static byte[] repeatIv(byte[] bytes) {
    int first = start(bytes, "senc") + 16;
    System.arraycopy(bytes, first, bytes, first + 8, 8);
    return bytes;
  }

  /** One byte more is clear, and one less encrypted. */
  static byte[] shiftSubsample(byte[] bytes) {
    int first = start(bytes, "senc") + 18;
    bytes[first + 1]++;
    bytes[first + 5]--;
    return bytes;
  }

  static void swap(Path output) throws IOException {
    Path first = find(output, "VIDEO/seg-1.m4s");
    Path second = find(output, "VIDEO/seg-2.m4s");
    byte[] kept = Files.readAllBytes(first);
    Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);
    Files.write(second, kept);
  }
}
