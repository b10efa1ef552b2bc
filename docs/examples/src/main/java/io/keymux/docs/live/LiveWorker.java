package io.keymux.docs.live;

import io.keymux.packager.live.LiveManifests;
import io.keymux.packager.live.LiveSettings;
import io.keymux.packager.live.LiveStream;
import io.keymux.packager.live.ProtectedSegment;
import io.keymux.packager.live.SegmentEncryptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Encrypts what ffmpeg's HLS muxer writes, a folder for each rendition, and publishes it in another
 * folder. {@link #poll} does what there is to do and returns.
 */
public final class LiveWorker {
  private final Path in;
  private final Path out;
  private final LiveStream stream;
  private final LiveManifests manifests;
  private final Executor prefetch;
  private final Map<String, SegmentEncryptor> encryptors = new HashMap<>();
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<String, Integer> keyPeriods = new HashMap<>();
  private CompletableFuture<Void> nextKeys = CompletableFuture.completedFuture(null);

  /**
   * @param in holds {@code NAME/init.mp4}, {@code NAME/live.m3u8} and segments {@code NAME/0.m4s},
   *     {@code NAME/1.m4s} and so on
   * @param prefetch runs the requests for the keys of the next period
   */
  public LiveWorker(
      Path in,
      Path out,
      List<String> renditions,
      LiveStream stream,
      LiveSettings settings,
      Executor prefetch) {
    this.in = in;
    this.out = out;
    this.stream = stream;
    this.manifests = stream.manifests(settings);
    this.prefetch = prefetch;
    renditions.forEach(name -> encryptors.put(name, stream.encryptor(name)));
  }

  /** Publishes all segments that ffmpeg has finished, then the manifests that name them. */
  public int poll() throws IOException, InterruptedException {
    int published = 0;
    for (Map.Entry<String, SegmentEncryptor> rendition : encryptors.entrySet()) {
      String name = rendition.getKey();
      int next = taken.getOrDefault(name, 0);
      while (isFinished(name, next)) {
        byte[] segment = Files.readAllBytes(in.resolve(name + "/" + next + ".m4s"));
        publish(name, rendition.getValue(), segment);
        taken.put(name, ++next);
        published++;
      }
    }
    if (published > 0) {
      for (Map.Entry<String, String> manifest : manifests.write(Instant.now()).entrySet()) {
        write(manifest.getKey(), manifest.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return published;
  }

  /** ffmpeg names a segment in its playlist once it is whole. */
  private boolean isFinished(String name, int segment) throws IOException {
    Path playlist = in.resolve(name + "/live.m3u8");
    return Files.exists(playlist)
        && Files.readString(playlist).lines().anyMatch(line -> line.equals(segment + ".m4s"));
  }

  private void publish(String name, SegmentEncryptor encryptor, byte[] segment)
      throws IOException, InterruptedException {
    ProtectedSegment encrypted = encryptor.encrypt(segment);
    int period = encrypted.info().keyPeriod();
    if (keyPeriods.getOrDefault(name, Integer.MIN_VALUE) != period) {
      keyPeriods.put(name, period);
      write(manifests.initPath(name, period), encryptor.init(period));
      // If this fails, the first segment of that period asks again.
      nextKeys = stream.keys().prefetch(period + 1, prefetch);
    }
    write(manifests.nextPath(name), encrypted.bytes());
    manifests.add(name, encrypted.info());
  }

  /** Whether the keys of the next period are here or being asked for without a failure so far. */
  public boolean isAhead() {
    return !nextKeys.isCompletedExceptionally();
  }

  /** Nobody reads half a file. */
  private void write(String path, byte[] bytes) throws IOException {
    Path target = out.resolve(path);
    Files.createDirectories(target.getParent());
    Path part = Files.write(target.resolveSibling(target.getFileName() + ".part"), bytes);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
