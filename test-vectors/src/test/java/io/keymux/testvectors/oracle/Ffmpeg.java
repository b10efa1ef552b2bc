package io.keymux.testvectors.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ffmpeg as an oracle. Protected media always goes in through a pipe: on a seekable fragmented file
 * without sidx ffmpeg 5.1 decrypts wrongly.
 */
public final class Ffmpeg {
  private static final Tool TOOL = Tool.find("ffmpeg", "FFMPEG", true, "ffmpeg");
  private static final Pattern HASH = Pattern.compile("MD5=([0-9a-f]{32})");

  private Ffmpeg() {}

  /** Skips or fails the test if ffmpeg is missing. */
  public static void require() {
    TOOL.require();
  }

  /**
   * Runs it for what it writes.
   *
   * @throws IOException if it does not end with 0
   */
  public static void write(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-v", "error", "-y"));
    all.addAll(List.of(arguments));
    Tool.Outcome outcome = TOOL.run(null, all);
    if (outcome.exit() != 0) {
      throw new IOException("ffmpeg ended with " + outcome.exit() + ": " + outcome.errors());
    }
  }

  /** It runs until this is closed. */
  public record Running(Process process) implements AutoCloseable {
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Starts it for what it writes while it runs. */
  public static Running start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-nostdin", "-v", "error", "-y"));
    all.addAll(List.of(arguments));
    return new Running(TOOL.start(all));
  }

  /** MD5 over the packets of stream {@code index} of a clear file. */
  public static String streamHash(Path file, int index) throws IOException {
    return hash(TOOL.run(null, arguments(null, file.toString(), index)));
  }

  /** MD5 over the sync samples of stream {@code index} of a clear file. */
  public static String syncSampleHash(Path file, int index) throws IOException {
    List<String> arguments = arguments(null, file.toString(), index);
    arguments.addAll(arguments.indexOf("-f"), List.of("-bsf", "noise=drop='not(key)'"));
    return hash(TOOL.run(null, arguments));
  }

  /**
   * MD5 over the packets of stream {@code index}, decrypted with one key for all tracks.
   *
   * @param joined init segment and media segments in one file
   * @param key 32 hex digits
   */
  public static String decryptedStreamHash(Path joined, String key, int index) throws IOException {
    return hash(TOOL.run(joined, arguments(key, "pipe:0", index)));
  }

  /**
   * MD5 over the packets of stream {@code index} of an HLS media playlist, which ffmpeg decrypts
   * with the keys that its key lines name.
   */
  public static String playlistStreamHash(Path playlist, int index) throws IOException {
    List<String> arguments = arguments(null, playlist.toString(), index);
    arguments.removeAll(List.of("-ignore_editlist", "1"));
    arguments.addAll(0, List.of("-allowed_extensions", "ALL"));
    return hash(TOOL.run(null, arguments));
  }

  private static List<String> arguments(@Nullable String key, String input, int index) {
    List<String> arguments = new ArrayList<>(List.of("-v", "error", "-ignore_editlist", "1"));
    if (key != null) {
      arguments.addAll(List.of("-decryption_key", key));
    }
    arguments.addAll(List.of("-i", input, "-map", "0:" + index, "-c", "copy"));
    arguments.addAll(List.of("-f", "streamhash", "-hash", "md5", "-"));
    return arguments;
  }

  private static String hash(Tool.Outcome outcome) throws IOException {
    Matcher matcher = HASH.matcher(outcome.output());
    if (!matcher.find()) {
      throw new IOException(
          "ffmpeg ended with " + outcome.exit() + " and no hash: " + outcome.errors());
    }
    return matcher.group(1);
  }
}
