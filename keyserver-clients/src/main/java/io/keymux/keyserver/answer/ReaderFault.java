package io.keymux.keyserver.answer;

import io.keymux.cpix.DrmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be said about an answer that the CPIX reader refused: the reader's code and the XPath,
 * not its words, which may quote the answer.
 */
public final class ReaderFault {
  private static final Pattern XPATH =
      Pattern.compile(
          "(/(?:[A-Za-z0-9_]{1,16}:)?[A-Za-z]{1,40}(?:\\[[0-9]{1,6}])?|/@[A-Za-z]{1,40}){1,8}(?=: )");

  private ReaderFault() {}

  /** What may be said of {@code fault}. */
  public static String describe(DrmException fault) {
    Matcher place = XPATH.matcher(fault.problem());
    String where = place.lookingAt() ? " at " + place.group() : "";
    return "it cannot be read as CPIX (" + fault.code() + where + ")";
  }
}
