package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.Positional;
import io.keymux.cpix.document.CpixTree;
import java.util.Arrays;
import java.util.function.Function;

/** The CPIX document that a command is about. */
final class CpixInput {
  static final Positional FILE = Positional.one("FILE", "The document; - reads standard input.");

  private static final int LIMIT_BYTES = 1 << 20;

  private CpixInput() {}

  /**
   * @throws io.keymux.cpix.DrmException if it cannot be read as CPIX
   */
  static CpixTree tree(Arguments given, Console console) {
    return read(given, console, CpixTree::read);
  }

  /** What {@code reader} makes of the bytes, which are overwritten then. */
  static <T> T read(Arguments given, Console console, Function<byte[], T> reader) {
    byte[] document = InputFile.read(given.positionals().get(0).text(), console, LIMIT_BYTES);
    try {
      return reader.apply(document);
    } finally {
      Arrays.fill(document, (byte) 0);
    }
  }
}
