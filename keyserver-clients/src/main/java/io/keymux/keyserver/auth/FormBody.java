package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.util.Arrays;

/**
 * A form with secrets in it, encoded without a copy that stays behind.
 *
 * @see "WHATWG URL Standard, application/x-www-form-urlencoded"
 */
final class FormBody {
  static final String TYPE = "application/x-www-form-urlencoded";

  private byte[] bytes = new byte[512];
  private int size;

  FormBody add(String name, String value) {
    name(name);
    encode(value.getBytes(UTF_8));
    return this;
  }

  FormBody add(String name, SecretBytes value) {
    name(name);
    return addEncoded(value);
  }

  /** Only the value: for other texts than a form. */
  FormBody addEncoded(SecretBytes value) {
    byte[] clear = value.reveal();
    try {
      encode(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
    return this;
  }

  /** The call that posts the form, which is empty afterwards. */
  KeyServerCall postTo(URI uri) {
    return KeyServerCall.post(uri, TYPE, take());
  }

  /** What was written so far; the form is empty afterwards. */
  SecretBytes take() {
    byte[] exact = Arrays.copyOf(bytes, size);
    Arrays.fill(bytes, (byte) 0);
    size = 0;
    try {
      return SecretBytes.copyOf(exact);
    } finally {
      Arrays.fill(exact, (byte) 0);
    }
  }

  private void name(String name) {
    if (size > 0) {
      append('&');
    }
    for (byte octet : PercentCode.value(name).getBytes(US_ASCII)) {
      append(octet);
    }
    append('=');
  }

  private void encode(byte[] clear) {
    for (byte octet : clear) {
      if (PercentCode.isUnreserved(octet)) {
        append(octet);
      } else {
        append('%');
        append(PercentCode.highDigit(octet));
        append(PercentCode.lowDigit(octet));
      }
    }
  }

  private void append(int octet) {
    if (size == bytes.length) {
      byte[] larger = Arrays.copyOf(bytes, 2 * size);
      Arrays.fill(bytes, (byte) 0);
      bytes = larger;
    }
    bytes[size++] = (byte) octet;
  }
}
