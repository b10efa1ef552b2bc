package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyServerCall;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * HTTP Digest with MD5 or SHA-256, each also as {@code -sess}, and {@code qop=auth}. The first call
 * goes without; its refusal tells the challenge, which serves all threads until it is refused.
 *
 * <p>A challenge that asks for another algorithm, or leaves out {@code qop}, is not met: the call
 * ends as refused. In a chain it is the last, since it signs the URL.
 *
 * @see "RFC 7616, HTTP Digest Access Authentication"
 */
public final class DigestAuthorizer implements CallAuthorizer {
  private static final String HEADER = "Authorization";

  private final String user;
  private final SecretBytes password;
  private final Supplier<String> nonces;
  private @Nullable DigestChallenge current;

  DigestAuthorizer(String user, SecretBytes password, Supplier<String> nonces) {
    this.user = user;
    this.password = password;
    this.nonces = nonces;
  }

  /**
   * @param password in UTF-8
   */
  public static CallAuthorizer of(String user, SecretBytes password) {
    SecureRandom random = new SecureRandom();
    return new DigestAuthorizer(
        user,
        password,
        () -> {
          byte[] nonce = new byte[16];
          random.nextBytes(nonce);
          return HexFormat.of().formatHex(nonce);
        });
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender) {
    DigestChallenge challenge = current();
    return challenge == null ? call : call.withHeader(HEADER, answer(challenge, call));
  }

  /** A challenge that was never met before and is refused at once means a wrong password. */
  @Override
  public synchronized boolean renew(KeyServerCall refused, HttpAnswer answer) {
    Optional<DigestChallenge> next = DigestChallenge.of(answer, nonces.get());
    if (answer.status() != 401 || next.isEmpty()) {
      return false;
    }
    DigestChallenge known = current;
    Used used = Used.of(refused.header(HEADER));
    if (known != null && !known.nonce().equals(used.nonce)) {
      return true; // Another thread was faster.
    }
    if (known != null && used.count <= 1 && !next.get().stale()) {
      current = null;
      return false;
    }
    current = next.get();
    return true;
  }

  private synchronized @Nullable DigestChallenge current() {
    return current;
  }

  private String answer(DigestChallenge challenge, KeyServerCall call) {
    String count = "%08x".formatted(challenge.count().incrementAndGet());
    String target = target(call.uri());
    DigestAlgorithm algorithm = challenge.algorithm();
    String method = algorithm.hex((call.method() + ":" + target).getBytes(UTF_8));
    String response =
        algorithm.hex(
            String.join(
                    ":",
                    account(challenge),
                    challenge.nonce(),
                    count,
                    challenge.cnonce(),
                    "auth",
                    method)
                .getBytes(UTF_8));
    StringBuilder header = new StringBuilder("Digest ").append(userParameter());
    header.append(", realm=").append(quoted(challenge.realm()));
    header.append(", nonce=").append(quoted(challenge.nonce()));
    header.append(", uri=").append(quoted(target));
    header.append(", qop=auth, nc=").append(count);
    header.append(", cnonce=").append(quoted(challenge.cnonce()));
    header.append(", response=").append(quoted(response));
    if (!challenge.named().isEmpty()) {
      header.append(", algorithm=").append(challenge.named());
    }
    if (!challenge.opaque().isEmpty()) {
      header.append(", opaque=").append(quoted(challenge.opaque()));
    }
    return header.toString();
  }

  /** The hash of what RFC 7616 calls A1. */
  private String account(DigestChallenge challenge) {
    byte[] clear = password.reveal();
    WipedBytes account = new WipedBytes();
    try {
      account.writeBytes((user + ":" + challenge.realm() + ":").getBytes(UTF_8));
      account.writeBytes(clear);
      String plain = account.hex(challenge.algorithm());
      return challenge.algorithm().session()
          ? challenge
              .algorithm()
              .hex((plain + ":" + challenge.nonce() + ":" + challenge.cnonce()).getBytes(UTF_8))
          : plain;
    } finally {
      account.wipe();
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** What stands in the request line. */
  private static String target(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** RFC 7616, 3.4: other characters than a header can carry go into {@code username*}. */
  private String userParameter() {
    return user.matches("[\\x20-\\x7e]*")
        ? "username=" + quoted(user)
        : "username*=UTF-8''" + PercentCode.value(user);
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public String toString() {
    return "DigestAuthorizer";
  }

  /** Which nonce a call of ours answered, and as which answer to it. */
  private record Used(String nonce, int count) {
    static Used of(@Nullable String header) {
      return Challenge.parse(header == null ? List.of() : List.of(header)).stream()
          .findFirst()
          .map(sent -> new Used(sent.parameter("nonce"), count(sent.parameter("nc"))))
          .orElse(new Used("", 0));
    }

    private static int count(String nc) {
      return nc.matches("[0-9a-f]{8}") ? Integer.parseUnsignedInt(nc, 16) : 0;
    }
  }

  private static final class WipedBytes extends ByteArrayOutputStream {
    WipedBytes() {
      super(512);
    }

    String hex(DigestAlgorithm algorithm) {
      byte[] all = toByteArray();
      try {
        return algorithm.hex(all);
      } finally {
        Arrays.fill(all, (byte) 0);
      }
    }

    void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
