package io.keymux.api.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.envelope.Envelope;
import io.keymux.api.envelope.Place;
import io.keymux.api.json.Json;
import io.keymux.api.secret.SecretText;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go and what signs them. Two secrets can be good at the same time, so that a
 * receiver can change to a new one without losing a message.
 *
 * @param url in UTF-8
 * @param secret of messages from now on
 * @param formerSecret still good for a while, or null
 * @param formerUntil when {@code formerSecret} is good no longer; null without one
 */
record Receiver(
    SecretBytes url,
    SecretBytes secret,
    @Nullable SecretBytes formerSecret,
    @Nullable Instant formerUntil) {
  private static final int SECRET_BYTES = 32;
  private static final String PREFIX = "whsec_";

  /** With a secret of its own. */
  static Receiver at(String url, SecureRandom random) {
    return new Receiver(SecretText.of(url), fresh(random), null, null);
  }

  private static SecretBytes fresh(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    SecretBytes secret = SecretBytes.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return secret;
  }

  /** The same elsewhere. */
  Receiver movedTo(String other) {
    return new Receiver(SecretText.of(other), secret, formerSecret, formerUntil);
  }

  /** The same with another secret; the one of before stays good until a time. */
  Receiver rotated(SecureRandom random, Instant until) {
    return new Receiver(url, fresh(random), secret, until);
  }

  /** What messages are signed with at a time, one or two. */
  List<SecretBytes> secrets(Instant now) {
    return formerSecret != null && formerUntil != null && now.isBefore(formerUntil)
        ? List.of(secret, formerSecret)
        : List.of(secret);
  }

  /**
   * The secret as receivers are told it, once.
   *
   * @see "Standard Webhooks 1.0.0, Secret serialization"
   */
  String shownSecret() {
    return PREFIX + SecretText.base64(secret);
  }

  /** In the open, as JSON has it: only ever to be encrypted, or what was decrypted. */
  private record Open(
      String url, String secret, @Nullable String formerSecret, @Nullable Instant formerUntil) {
    @Override
    public String toString() {
      return "Open[…]";
    }
  }

  Bytes seal(Envelope envelope, String tenant, String webhookId) {
    Open open =
        new Open(
            SecretText.utf8(url),
            SecretText.base64(secret),
            formerSecret == null ? null : SecretText.base64(formerSecret),
            formerUntil);
    return envelope.seal(place(tenant, webhookId), Json.line(open).getBytes(UTF_8));
  }

  /**
   * @throws io.keymux.api.envelope.EnvelopeException as {@link Envelope#open}
   */
  static Receiver open(Envelope envelope, String tenant, String webhookId, Bytes hidden) {
    byte[] plain = envelope.open(place(tenant, webhookId), hidden);
    try {
      Open open = Json.read(plain, Open.class);
      return new Receiver(
          SecretText.of(open.url()),
          SecretText.ofBase64(open.secret()),
          open.formerSecret() == null ? null : SecretText.ofBase64(open.formerSecret()),
          open.formerUntil());
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static Place place(String tenant, String webhookId) {
    return new Place(tenant, "webhooks", webhookId);
  }

  @Override
  public String toString() {
    return "Receiver[…]";
  }
}
