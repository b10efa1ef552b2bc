package io.keymux.packager.tool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of its own for what one program prints: readable by this user alone, gone afterwards. */
final class ToolLog implements AutoCloseable {
  static final int TAIL_BYTES = 4096;

  private final Path file;

  private ToolLog(Path file) {
    this.file = file;
  }

  /** Temporary files of the JDK have mode 0600. */
  static ToolLog create(ToolCommand command) {
    try {
      return new ToolLog(Files.createTempFile("keymux-tool-", ".log"));
    } catch (IOException e) {
      throw ToolException.noLog(command, e);
    }
  }

  Path file() {
    return file;
  }

  long size() {
    return file.toFile().length();
  }

  /** The end of it; bytes that are no UTF-8 become replacement characters. */
  String tail() {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, length)];
      in.seek(length - bytes.length);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(its output cannot be read back: " + e.getClass().getSimpleName() + ")";
    }
  }

  @Override
  public void close() {
    if (!file.toFile().delete()) {
      file.toFile().deleteOnExit();
    }
  }
}
