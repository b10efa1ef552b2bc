package io.keymux.packager;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.job.PackagingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sample ladder as a job, and what a folder holds. */
public final class SampleJob {
  /** Keys that equal their KIDs. */
  public static final KeyExchange KEYS = SampleJob::answer;

  private SampleJob() {}

  private static Path samples() {
    return Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
  }

  public static Path sample(String name) {
    return samples().resolve(name + ".mp4");
  }

  /** All renditions and the audio. */
  public static PackagingJob.Builder ladder(Path output) {
    return small(output).input(sample("video-540p")).input(sample("video-720p"));
  }

  /** The smallest rendition and the audio. */
  public static PackagingJob.Builder small(Path output) {
    return PackagingJob.builder()
        .input(sample("video-360p"))
        .input(sample("audio-stereo"))
        .contentId("sample")
        .segmentSeconds(2)
        .output(output);
  }

  private static CpixDocument answer(KeyRequest request) {
    return CpixDocument.ofKeys(
        request.contentId(),
        request.keyIds().stream()
            .map(id -> new ContentKey(id, key(id), request.scheme(), null))
            .toList(),
        request.rules());
  }

  private static SecretBytes key(KeyId id) {
    return SecretBytes.copyOf(id.toBytes());
  }

  /** SHA-256 of every file below {@code folder}, hidden ones too, and empty folders by name. */
  public static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    if (Files.notExists(folder)) {
      return contents;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        String name = folder.relativize(path).toString();
        contents.put(name, Files.isRegularFile(path) ? sha256(path) : "folder");
      }
    }
    return contents;
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return Bytes.copyOf(digest).toHex();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
