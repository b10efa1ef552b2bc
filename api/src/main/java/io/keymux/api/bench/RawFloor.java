package io.keymux.api.bench;

import io.keymux.packager.input.FileSource;
import io.keymux.packager.output.OutputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is left of packaging if nothing is parsed, planned or described: this JVM reads the inputs,
 * encrypts every byte with AES-CTR and writes files as large as segments, on all processors. No
 * packager on this JVM is faster, so it tells how far the engine is from its own limit.
 */
record RawFloor(BenchInputs inputs) implements BenchCase {
  private static final int STEP_BYTES = 256 * 1024;
  private static final long FILE_BYTES = 24L * 1024 * 1024;

  @Override
  public Label label() {
    return Label.RAW_FLOOR;
  }

  @Override
  public List<String> commands() {
    return List.of("read, AES-CTR, write %d MiB files, in process".formatted(FILE_BYTES >> 20));
  }

  @Override
  public Measurement run(Path out) throws InterruptedException {
    return Measurement.inProcess(
        () -> {
          List<Piece> pieces = pieces(out);
          IntStream.range(0, pieces.size()).parallel().forEach(i -> copy(pieces.get(i)));
        });
  }

  private record Piece(Path from, long start, long end, Path to) {}

  private List<Piece> pieces(Path out) {
    List<Piece> pieces = new ArrayList<>();
    for (Path file : inputs.files()) {
      long size = file.toFile().length();
      for (long at = 0; at < size; at += FILE_BYTES) {
        Path to = out.resolve(pieces.size() + ".bin");
        pieces.add(new Piece(file, at, Math.min(size, at + FILE_BYTES), to));
      }
    }
    return pieces;
  }

  private static void copy(Piece piece) {
    byte[] in = new byte[STEP_BYTES];
    byte[] encrypted = new byte[STEP_BYTES];
    try (FileSource source = FileSource.open(piece.from());
        FileChannel target =
            FileChannel.open(piece.to(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      byte[] nobodysKey = new byte[16];
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(nobodysKey, "AES"),
          new IvParameterSpec(nobodysKey));
      for (long at = piece.start(); at < piece.end(); at += STEP_BYTES) {
        int step = (int) Math.min(STEP_BYTES, piece.end() - at);
        source.read(at, in, 0, step);
        cipher.update(in, 0, step, encrypted, 0);
        target.write(ByteBuffer.wrap(encrypted, 0, step));
      }
    } catch (IOException e) {
      throw OutputException.of(piece.to().toString(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
  }
}
