package io.keymux.keyserver.auth;

import io.keymux.keyserver.http.HttpAnswer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * One challenge of HTTP Digest and how often it was answered.
 *
 * @param algorithm what to hash with
 * @param named how the server wrote it; empty if it did not
 * @param opaque to be sent back; empty if there is none
 * @param stale whether only the nonce was refused, not the password
 * @param cnonce our own nonce, the same for all answers to this challenge
 * @param count how many answers were made
 */
record DigestChallenge(
    DigestAlgorithm algorithm,
    String named,
    String realm,
    String nonce,
    String opaque,
    boolean stale,
    String cnonce,
    AtomicInteger count) {
  private static final Pattern SENDABLE = Pattern.compile("[\\x20-\\x7e]*");

  /**
   * The strongest challenge of {@code answer} that can be met; the first of equally strong ones.
   */
  static Optional<DigestChallenge> of(HttpAnswer answer, String cnonce) {
    Optional<DigestChallenge> best = Optional.empty();
    for (Challenge challenge : Challenge.parse(answer.headers("WWW-Authenticate"))) {
      Optional<DigestChallenge> next = of(challenge, cnonce);
      if (next.isPresent()
          && (best.isEmpty() || next.get().algorithm.strongerThan(best.get().algorithm))) {
        best = next;
      }
    }
    return best;
  }

  private static Optional<DigestChallenge> of(Challenge challenge, String cnonce) {
    String realm = challenge.parameter("realm");
    String nonce = challenge.parameter("nonce");
    String opaque = challenge.parameter("opaque");
    boolean auth =
        Arrays.stream(challenge.parameter("qop").split(","))
            .anyMatch(qop -> qop.strip().equalsIgnoreCase("auth"));
    if (!challenge.scheme().equals("digest")
        || nonce.isEmpty()
        || !auth
        || !SENDABLE.matcher(realm + nonce + opaque).matches()) {
      return Optional.empty();
    }
    String named = challenge.parameter("algorithm");
    boolean stale = challenge.parameter("stale").toLowerCase(Locale.ROOT).equals("true");
    return DigestAlgorithm.of(named)
        .map(
            algorithm ->
                new DigestChallenge(
                    algorithm, named, realm, nonce, opaque, stale, cnonce, new AtomicInteger()));
  }

  @Override
  public String toString() {
    return "DigestChallenge[" + algorithm + "]";
  }
}
