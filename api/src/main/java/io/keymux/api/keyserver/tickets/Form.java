package io.keymux.api.keyserver.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.problem.RequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of a form, as bytes: passwords among them can be overwritten, which {@link #close}
 * does.
 *
 * @see "WHATWG URL, 5.1 application/x-www-form-urlencoded parsing"
 */
final class Form implements AutoCloseable {
  /** An array has no place in a record. */
  private static final class Field {
    private final String name;
    private final byte[] value;

    private Field(String name, byte[] value) {
      this.name = name;
      this.value = value;
    }
  }

  private final List<Field> fields = new ArrayList<>();

  /**
   * @param body overwritten by whoever made it
   * @throws RequestException with status 400 if a percent sign is not followed by two hex digits
   */
  Form(byte[] body) {
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '&') {
        add(body, start, i);
        start = i + 1;
      }
    }
  }

  private void add(byte[] body, int from, int to) {
    int equals = from;
    while (equals < to && body[equals] != '=') {
      equals++;
    }
    String name = new String(decode(body, from, equals), UTF_8);
    fields.add(new Field(name, decode(body, Math.min(equals + 1, to), to)));
  }

  /**
   * The value of a field; overwritten by {@link #close}.
   *
   * @throws RequestException with status 400 if it is not there, is empty or stands twice
   */
  byte[] only(String name) {
    List<Field> found = fields.stream().filter(field -> field.name.equals(name)).toList();
    if (found.size() != 1 || found.get(0).value.length == 0) {
      throw RequestException.invalidParameter(name, "is missing, is empty or stands twice.");
    }
    return found.get(0).value;
  }

  @Override
  public void close() {
    fields.forEach(field -> Arrays.fill(field.value, (byte) 0));
  }

  private static byte[] decode(byte[] body, int from, int to) {
    byte[] decoded = new byte[to - from];
    int size = 0;
    for (int i = from; i < to; i++) {
      byte b = body[i];
      if (b == '%') {
        int high = i + 2 < to ? Character.digit(body[i + 1], 16) : -1;
        int low = i + 2 < to ? Character.digit(body[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          Arrays.fill(decoded, (byte) 0);
          throw RequestException.invalidParameter("The form", "has a percent sign without digits.");
        }
        b = (byte) (high << 4 | low);
        i += 2;
      }
      decoded[size++] = b == '+' && body[i] == '+' ? (byte) ' ' : b;
    }
    byte[] exact = Arrays.copyOf(decoded, size);
    Arrays.fill(decoded, (byte) 0);
    return exact;
  }
}
