package com.example;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import java.nio.file.Path;
import java.util.function.Function;

/** Packages one file: {@code PackageFile movie.mp4 folder}. */
final class PackageFile {
  private PackageFile() {}

  public static void main(String[] args) throws InterruptedException {
    CancelToken cancel = new CancelToken();
    Runtime.getRuntime().addShutdownHook(new Thread(cancel::cancel));
    SeedKeys vault = SeedKeys.of(SecretBytes.copyOf(new byte[SeedKeys.SEED_BYTES]));
    run(Path.of(args[0]), Path.of(args[1]), vault::keyFor, cancel);
  }

  static JobResult run(
      Path movie, Path output, Function<KeyId, SecretBytes> vault, CancelToken cancel)
      throws InterruptedException {
    // [package]
    KeyExchange keys =
        request ->
            CpixDocument.ofKeys(
                request.contentId(),
                request.keyIds().stream()
                    .map(id -> new ContentKey(id, vault.apply(id), request.scheme(), null))
                    .toList(),
                request.rules());
    ProgressListener progress =
        (stage, doneBytes, totalBytes) ->
            System.out.println(stage + " " + doneBytes + " of " + totalBytes);
    PackagingJob job =
        PackagingJob.builder().input(movie).contentId("my-movie").output(output).build();
    JobResult result = Keymux.packager().keys(keys).run(job, progress, cancel);
    System.out.println(result.manifests());
    // [/package]
    return result;
  }
}
