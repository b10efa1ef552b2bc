package io.keymux.api.cli;

/** Numbers with one digit behind the point; a formatter is slow at its first use. */
final class Tenths {
  private Tenths() {}

  /**
   * @param value not negative
   */
  static String of(double value) {
    long tenths = Math.round(value * 10);
    return tenths / 10 + "." + tenths % 10;
  }
}
