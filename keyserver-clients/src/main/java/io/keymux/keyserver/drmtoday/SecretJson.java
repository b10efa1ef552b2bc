package io.keymux.keyserver.drmtoday;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON with keys in it. Every array that held one is overwritten, which no JSON library
 * does; none is ever a string.
 */
final class SecretJson implements AutoCloseable {
  private byte[] buffer = new byte[1024];
  private int size;

  /** Appends what is JSON already. */
  SecretJson raw(String json) {
    return append(json.getBytes(US_ASCII));
  }

  /** Appends a name and its colon. */
  SecretJson name(String name) {
    return text(name).raw(":");
  }

  /** Appends a quoted string. */
  SecretJson text(String text) {
    return raw("\"").append(JsonStringEncoder.getInstance().quoteAsUTF8(text)).raw("\"");
  }

  /** Appends bytes in quoted base64. */
  SecretJson base64(Bytes bytes) {
    return text(bytes.toBase64());
  }

  /** As {@link #base64(Bytes)}. */
  SecretJson base64(SecretBytes secret) {
    byte[] bytes = secret.reveal();
    byte[] base64 = Base64.getEncoder().encode(bytes);
    raw("\"").append(base64).raw("\"");
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(base64, (byte) 0);
    return this;
  }

  /** What was written; the caller wipes it. */
  SecretBytes toSecret() {
    byte[] written = Arrays.copyOf(buffer, size);
    try {
      return SecretBytes.copyOf(written);
    } finally {
      Arrays.fill(written, (byte) 0);
    }
  }

  private SecretJson append(byte[] bytes) {
    if (buffer.length - size < bytes.length) {
      byte[] larger = Arrays.copyOf(buffer, 2 * buffer.length + bytes.length);
      Arrays.fill(buffer, (byte) 0);
      buffer = larger;
    }
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    return this;
  }

  @Override
  public void close() {
    Arrays.fill(buffer, (byte) 0);
    size = 0;
  }
}
