package io.keymux.api.storage;

import io.keymux.api.config.HttpInputs;
import io.keymux.api.problem.StorageException;
import io.keymux.keyserver.http.HostResolver;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyServerUrl;
import io.keymux.packager.input.InputFile;
import java.net.URI;
import java.net.URISyntaxException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The web servers that inputs may be on. */
final class HttpStorage implements AutoCloseable {
  private final HttpInputs allowed;
  private final HttpConnections connections;
  private final RemoteReads reads;

  /**
   * @param tls trust, or null for that of the JDK
   */
  HttpStorage(
      HttpInputs allowed, HostResolver resolver, @Nullable SSLContext tls, RemoteReads reads) {
    this.allowed = allowed;
    this.connections =
        new HttpConnections(
            new HttpSettings(HttpLimits.DEFAULT, allowed.addresses(), resolver, tls));
    this.reads = reads;
  }

  /**
   * @throws StorageException with code {@code url-not-supported}, or {@code storage-not-configured}
   *     for a host that is not allowed
   */
  InputFile input(String url) {
    URI uri = parse(url);
    return input(uri, uri);
  }

  /** A file that a playlist names; it is looked at at once, since all of them will be. */
  InputFile named(String playlist, URI reference) {
    URI base = parse(playlist);
    RemoteInput input = input(parse(base.resolve(reference).toString()), base);
    reads.later(
        input.file().source(),
        () -> {
          try {
            input.size();
          } catch (StorageException e) {
            // Who reads it is told.
          }
        });
    return input;
  }

  /**
   * @param by what names it: a playlist may name hosts without number, and they count as its own
   */
  private RemoteInput input(URI uri, URI by) {
    String host = uri.getHost();
    if (!allowed.allow(host)) {
      throw StorageException.notConfigured(
          "web server " + host, "Have the operator add it to storage.http.hosts.");
    }
    HttpFile file = new HttpFile(uri, shown(uri), origin(by), connections, allowed::allow);
    return new RemoteInput(file, uri.getPath(), reads);
  }

  /** Without a query, which may be a signature. */
  static String shown(URI uri) {
    return origin(uri) + uri.getRawPath();
  }

  private static String origin(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port;
  }

  /** The messages hold nothing of the URL: it may be a credential in whole. */
  private static URI parse(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() == null || uri.getRawPath() == null || uri.getRawPath().isEmpty()) {
        throw notSupported("has no host name, or no path");
      }
      if (uri.getRawUserInfo() != null) {
        throw notSupported("has a user in it");
      }
      if (!KeyServerUrl.hasPort(uri)) {
        throw notSupported("has a port that is not 1 to 65535");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw notSupported("has a character that URLs cannot have");
    }
  }

  private static StorageException notSupported(String why) {
    return StorageException.notSupported(
        "The URL of the web server %s.".formatted(why), "Write it as https://host/path.");
  }

  @Override
  public void close() {
    connections.close();
  }
}
