package io.keymux.api.storage;

import io.keymux.keyserver.http.HttpDownload;
import java.io.IOException;

/** An answer of a web server, and the connection that it comes over. */
final class HttpPart implements RangeStream {
  private final HttpConnections connections;
  private final HttpDownload connection;
  private final HttpDownload.Answer answer;

  HttpPart(HttpConnections connections, HttpDownload connection, HttpDownload.Answer answer) {
    this.connections = connections;
    this.connection = connection;
    this.answer = answer;
  }

  int status() {
    return answer.status();
  }

  /**
   * @param name in lower case
   * @return empty if there is none
   */
  String header(String name) {
    return answer.header(name).orElse("");
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return answer.body().read(target, offset, length);
  }

  @Override
  public void close() {
    try {
      // The body of another answer may have no end.
      if (answer.status() == 206 && connection.isReusable(answer)) {
        connections.keep(connection);
        return;
      }
    } catch (IOException e) {
      // It is closed below.
    }
    connection.close();
  }
}
