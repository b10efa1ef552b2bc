package io.keymux.cpix.validation;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Unsigned numbers of 32 bits, which CPIX means wherever its schemas say integer. */
final class Numbers {
  static final long MAX = 0xffff_ffffL;

  private static final int MAX_DIGITS = 18;

  private Numbers() {}

  /** The number, or null if it is missing, no integer or, with a finding, out of range. */
  static @Nullable Long unsigned(Element element, String attribute, Report report) {
    String text = ValueType.collapse(element.getAttribute(attribute));
    if (!text.matches("[+-]?[0-9]+")) {
      return null;
    }
    String digits = text.replaceFirst("^[+-]?0*", "");
    long value =
        digits.isEmpty() ? 0 : digits.length() > MAX_DIGITS ? MAX + 1 : Long.parseLong(digits);
    if (value > MAX || (value > 0 && text.startsWith("-"))) {
      report.at(
          element,
          attribute,
          CpixRule.NUMBER_RANGE,
          "The number is not from 0 to 4294967295.",
          "Correct it.");
      return null;
    }
    return value;
  }
}
