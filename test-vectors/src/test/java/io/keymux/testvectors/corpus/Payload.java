package io.keymux.testvectors.corpus;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes as words: {@code 5} and {@code -1} are 32 bits, {@code 8:5}, {@code 16:5}, {@code 24:5} and
 * {@code 64:5} as many, {@code x00ff} hex, {@code 'avc1} text; {@code 3*WORD} repeats.
 */
final class Payload {
  private Payload() {}

  static byte[] of(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    words.forEach(word -> write(word, out));
    return out.toByteArray();
  }

  private static void write(String word, ByteArrayOutputStream out) {
    int star = word.indexOf('*');
    int colon = word.indexOf(':');
    if (word.startsWith("x")) {
      out.writeBytes(HexFormat.of().parseHex(word.substring(1)));
    } else if (word.startsWith("'")) {
      out.writeBytes(word.substring(1).getBytes(StandardCharsets.ISO_8859_1));
    } else if (star > 0) {
      for (int i = Integer.parseInt(word.substring(0, star)); i > 0; i--) {
        write(word.substring(star + 1), out);
      }
    } else {
      int bits = colon < 0 ? 32 : Integer.parseInt(word.substring(0, colon));
      out.writeBytes(number(new BigInteger(word.substring(colon + 1)), bits / 8));
    }
  }

  private static byte[] number(BigInteger value, int size) {
    byte[] all = new byte[size + 9];
    Arrays.fill(all, (byte) (value.signum() < 0 ? 0xff : 0));
    byte[] digits = value.toByteArray();
    System.arraycopy(digits, 0, all, all.length - digits.length, digits.length);
    return Arrays.copyOfRange(all, all.length - size, all.length);
  }
}
