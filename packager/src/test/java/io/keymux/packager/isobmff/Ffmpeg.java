package io.keymux.packager.isobmff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** The tools {@code ffmpeg} and {@code ffprobe}, an independent writer and reader. */
final class Ffmpeg {
  /** What {@code ffprobe} says about one packet; times before edit lists. */
  record Packet(long pts, long dts, int size, long position, boolean key) {}

  private Ffmpeg() {}

  /** Skips the test where the tools are missing, but fails in CI, which installs them. */
  static void require() {
    boolean present;
    try {
      present = run(List.of("ffprobe", "-version")).contains("ffprobe version");
    } catch (IOException e) {
      present = false;
    }
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("ffmpeg and ffprobe must be installed in CI");
    }
    Assumptions.assumeTrue(present, "ffmpeg is not installed");
  }

  static void make(Path target, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
    command.addAll(List.of(arguments));
    command.add(target.toString());
    run(command);
  }

  /** The packets of each stream, in file order. */
  static Map<Integer, List<Packet>> packets(Path file) throws IOException {
    String csv =
        run(
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-ignore_editlist",
                "1",
                "-show_entries",
                "packet=stream_index,pts,dts,size,pos,flags",
                "-of",
                "csv=p=0",
                file.toString()));
    Map<Integer, List<Packet>> streams = new TreeMap<>();
    for (String line : csv.lines().toList()) {
      String[] field = line.split(",", -1);
      streams
          .computeIfAbsent(Integer.valueOf(field[0]), index -> new ArrayList<>())
          .add(
              new Packet(
                  Long.parseLong(field[1]),
                  Long.parseLong(field[2]),
                  Integer.parseInt(field[3]),
                  Long.parseLong(field[4]),
                  field[5].startsWith("K")));
    }
    return streams;
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", command, text).isZero();
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
