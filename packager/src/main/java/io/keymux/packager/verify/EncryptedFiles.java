package io.keymux.packager.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.MemorySource;
import io.keymux.packager.verify.manifest.DescribedTrack;
import io.keymux.packager.verify.manifest.FileKey;
import io.keymux.packager.verify.manifest.MediaPiece;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Opens files that AES-128 encrypts as a whole. Their key lines name no KID, so every known key is
 * tried: the right one leads to a padding at the end and to a box at the start.
 */
final class EncryptedFiles {
  private static final int BLOCK = 16;

  /** A file is decrypted in memory. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  private static final Set<String> FIRST_BOXES =
      Set.of(
          "ftyp", "styp", "moof", "moov", "sidx", "ssix", "emsg", "prft", "free", "skip", "uuid");

  private final Collection<SecretBytes> keys;
  private final VerifyContext context;
  private final Map<String, SecretBytes> proven = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();

  EncryptedFiles(Collection<SecretBytes> keys, VerifyContext context) {
    this.keys = List.copyOf(keys);
    this.context = context;
  }

  /** A file and what encrypts it. */
  private record Encrypted(MediaPiece piece, FileKey key) {}

  /**
   * Finds out which keys open the files of a track. Says once of each key line that none does.
   *
   * @return whether all of its files can be read
   */
  boolean prove(DescribedTrack track) {
    FileKey init = track.initFile();
    List<Encrypted> files =
        Stream.concat(
                Stream.ofNullable(init).map(key -> new Encrypted(track.init(), key)),
                track.segments().stream()
                    .filter(segment -> segment.file() != null)
                    .map(segment -> new Encrypted(segment.piece(), key(segment.file()))))
            .filter(file -> !isClear(file.piece()))
            .toList();
    for (Encrypted file : files) {
      String uri = file.key().uri();
      if (!proven.containsKey(uri) && !unknown.contains(uri)) {
        prove(uri, files.stream().filter(other -> other.key().uri().equals(uri)).toList());
      }
    }
    return files.stream().allMatch(file -> proven.containsKey(file.key().uri()));
  }

  private static FileKey key(@Nullable FileKey key) {
    if (key == null) {
      throw new IllegalArgumentException("the segment is not encrypted as a file");
    }
    return key;
  }

  private void prove(String uri, List<Encrypted> files) {
    for (SecretBytes key : keys) {
      boolean opens = files.stream().anyMatch(f -> isPadded(f, key) && startsWithBox(f, key));
      // With a wrong IV only the first block is lost; chance makes a padding once in 256 times.
      boolean likely = files.size() > 1 && files.stream().allMatch(f -> isPadded(f, key));
      if (opens || likely) {
        proven.put(uri, key);
        return;
      }
    }
    unknown.add(uri);
    FileKey line = files.get(0).key();
    context.add(
        keys.isEmpty()
            ? Finding.warning(
                "no-key", line.place(), "no key is known: the files under it stay encrypted")
            : Finding.error(
                "aes-padding",
                line.place(),
                "no given key opens the files under it, as " + files.get(0).piece().name()));
  }

  /**
   * What a file decrypts to, or null after saying why it cannot be read; the file itself if no key
   * line applies to it, or if it is clear, which is said.
   */
  @Nullable MediaSource open(MediaPiece piece, @Nullable FileKey key) {
    if (key == null) {
      return FileSource.open(piece.file());
    }
    if (isClear(piece)) {
      context.add(
          Finding.error(
              "file-not-encrypted",
              piece.name(),
              "it is clear, and METHOD=AES-128 of %s applies to it".formatted(key.place())));
      return FileSource.open(piece.file());
    }
    SecretBytes secret = proven.get(key.uri());
    if (secret == null) {
      return null;
    }
    Encrypted file = new Encrypted(piece, key);
    if (isPadded(file, secret) && !startsWithBox(file, secret)) {
      context.add(
          Finding.error(
              "hls-iv-mismatch",
              piece.name(),
              "with the IV of %s it does not begin with a box".formatted(key.place())));
      return null;
    }
    if (!isPadded(file, secret) || piece.length() > MAX_BYTES) {
      context.add(
          Finding.error(
              "aes-padding",
              piece.name(),
              "%d bytes do not end with a PKCS#7 padding".formatted(piece.length())));
      return null;
    }
    byte[] plain = decrypt(read(piece, 0, (int) piece.length()), iv(key), secret);
    return new MemorySource(
        piece.name(), Arrays.copyOf(plain, plain.length - plain[plain.length - 1]));
  }

  /** Players take zeros where an init segment has no IV, which is said of the playlist. */
  private static Bytes iv(FileKey key) {
    return key.iv() == null ? Bytes.copyOf(new byte[BLOCK]) : key.iv();
  }

  private static boolean isClear(MediaPiece piece) {
    return isBox(read(piece, 0, BLOCK), piece.length());
  }

  private static boolean startsWithBox(Encrypted file, SecretBytes key) {
    byte[] start = read(file.piece(), 0, BLOCK);
    return start.length == BLOCK
        && isBox(decrypt(start, iv(file.key()), key), file.piece().length());
  }

  private static boolean isPadded(Encrypted file, SecretBytes key) {
    long length = file.piece().length();
    if (length == 0 || length % BLOCK != 0) {
      return false;
    }
    byte[] before = read(file.piece(), length - 2 * BLOCK, BLOCK);
    Bytes iv = length == BLOCK ? iv(file.key()) : Bytes.copyOf(before);
    byte[] last = decrypt(read(file.piece(), length - BLOCK, BLOCK), iv, key);
    int padding = last[BLOCK - 1];
    boolean padded = padding >= 1 && padding <= BLOCK;
    for (int i = 1; padded && i <= padding; i++) {
      padded = last[BLOCK - i] == padding;
    }
    return padded;
  }

  private static boolean isBox(byte[] start, long fileBytes) {
    if (start.length < 8) {
      return false;
    }
    long size = Integer.toUnsignedLong(ByteBuffer.wrap(start).getInt());
    return FIRST_BOXES.contains(new String(start, 4, 4, ISO_8859_1)) && size <= fileBytes;
  }

  /** Of the piece, as much as is there. */
  private static byte[] read(MediaPiece piece, long from, int length) {
    long start = Math.max(0, from);
    byte[] bytes = new byte[(int) Math.min(length, piece.length() - start)];
    try (MediaSource source = FileSource.open(piece.file())) {
      source.read(piece.offset() + start, bytes, 0, bytes.length);
    }
    return bytes;
  }

  private static byte[] decrypt(byte[] blocks, Bytes iv, SecretBytes key) {
    byte[] value = key.reveal();
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      IvParameterSpec first = new IvParameterSpec(iv.toArray());
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(value, "AES"), first);
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/CBC/NoPadding of whole blocks cannot fail", e);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }
}
