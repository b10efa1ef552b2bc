package io.keymux.api.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command sees of the process it runs in.
 *
 * @param out for results
 * @param err for progress and errors
 * @param in for documents given as {@code -}
 * @param columns width of the terminal that {@code err} goes to, 0 if it is none
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    InputStream in,
    Map<String, String> environment,
    int columns) {

  /** Whether a person watches {@code err}. */
  boolean terminal() {
    return columns > 0;
  }
}
