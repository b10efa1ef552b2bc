package io.keymux.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of tokens that publishes its keys. */
final class KeySetServer implements AutoCloseable {
  private static final int REDIRECT = 302;

  private final HttpServer server;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String published = "";
  private volatile int status = 200;

  KeySetServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          fetches.incrementAndGet();
          byte[] body = published.getBytes(UTF_8);
          if (status == REDIRECT) {
            call.getResponseHeaders().add("Location", "http://169.254.169.254/keys");
          }
          call.sendResponseHeaders(status, body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    server.start();
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** Begins anew with these keys alone. */
  void publish(JWK... keys) {
    published = new JWKSet(Arrays.stream(keys).map(JWK::toPublicJWK).toList()).toString(true);
    status = 200;
    fetches.set(0);
  }

  /** Answers with this status from now on. */
  void answer(int other) {
    status = other;
  }

  /** How often it was asked since {@link #publish}. */
  int fetches() {
    return fetches.get();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
