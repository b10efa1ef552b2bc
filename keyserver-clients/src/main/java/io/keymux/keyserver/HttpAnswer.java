package io.keymux.keyserver;

import java.net.http.HttpHeaders;
import java.util.Arrays;

/** What a key server sent. The body may hold keys: {@link #close} overwrites it. */
final class HttpAnswer implements AutoCloseable {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  HttpAnswer(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** Not a copy: it is overwritten by {@link #close}. */
  byte[] body() {
    return body;
  }

  @Override
  public void close() {
    Arrays.fill(body, (byte) 0);
  }
}
