package io.keymux.packager.bento4;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.Engine;
import io.keymux.packager.Keymux;
import io.keymux.packager.SampleJob;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * Shell scripts in the place of {@code mp4fragment} and {@code mp4encrypt}: by default they copy
 * files that the native engine made with the same keys, as Bento4 makes the same of the same.
 */
final class FakeBento4 {
  static final String VIDEO = "video-360p";
  static final String AUDIO = "audio-2ch";

  /** Copies a prepared file to the last argument. */
  static final String COPY = "cp \"$prepared\" \"$out\"";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private String fragment = COPY;
  private String encrypt = COPY;
  private Duration patience = PATIENCE;

  /** The video of {@link #job} in one file each. */
  record Made(Path clear, Path encrypted) {
    static Made in(Path folder) throws InterruptedException {
      Path encrypted = folder.resolve("encrypted");
      Path clear = folder.resolve("clear");
      Keymux packager = Keymux.packager().keys(FakeBento4::keys);
      packager.run(job(encrypted).layout(Layout.SINGLE_FILE).build());
      packager.run(SampleJob.small(clear).clearTrack(VIDEO).layout(Layout.SINGLE_FILE).build());
      return new Made(clear.resolve(VIDEO + ".mp4"), encrypted.resolve(VIDEO + ".mp4"));
    }
  }

  /**
   * @param folder for the programs, and their own copies of what was made
   */
  FakeBento4(Path folder, Made made) throws IOException {
    this.folder = Files.createDirectories(folder);
    Files.copy(made.clear(), clear());
    Files.copy(made.encrypted(), encrypted());
  }

  /** A video that is encrypted, and audio that stays clear. */
  static PackagingJob.Builder job(Path output) {
    return SampleJob.small(output).clearTrack(AUDIO);
  }

  static CpixDocument keys(KeyRequest request) {
    return CpixDocument.ofKeys(
        request.contentId(),
        request.keyIds().stream()
            .map(id -> new ContentKey(id, SecretBytes.copyOf(key(id)), request.scheme(), null))
            .toList(),
        request.rules());
  }

  /** Shows another one than the KID, which messages may hold. */
  static String keyHex(KeyId id) {
    return Bytes.copyOf(key(id)).toHex();
  }

  private static byte[] key(KeyId id) {
    byte[] key = id.toBytes();
    for (int i = 0; i < key.length; i++) {
      key[i] ^= 0x5a;
    }
    return key;
  }

  /** What the fake {@code mp4encrypt} hands out. */
  Path encrypted() {
    return folder.resolve("encrypted.mp4");
  }

  /** What the fake {@code mp4fragment} hands out. */
  Path clear() {
    return folder.resolve("clear.mp4");
  }

  /** Where scripts may leave something: {@code $here}. */
  Path file(String name) {
    return folder.resolve(name);
  }

  FakeBento4 fragment(String script) {
    fragment = script;
    return this;
  }

  FakeBento4 encrypt(String script) {
    encrypt = script;
    return this;
  }

  FakeBento4 patience(Duration value) {
    patience = value;
    return this;
  }

  Engine engine() throws IOException {
    return Engine.bento4(
        KeysOnArgv.ALLOWED,
        new Bento4Tools(
            script("mp4fragment", clear(), fragment),
            script("mp4encrypt", encrypted(), encrypt),
            patience));
  }

  private Path script(String name, Path prepared, String body) throws IOException {
    Path script = folder.resolve(name);
    Files.writeString(
        script,
        """
        #!/bin/sh
        here='%s'
        prepared='%s'
        for last in "$@"; do in=$out; out=$last; done
        %s
        """
            .formatted(folder, prepared, body));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
