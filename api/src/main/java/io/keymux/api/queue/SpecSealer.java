package io.keymux.api.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.job.JobOrder;
import io.keymux.api.job.SealedOrder;
import io.keymux.api.json.Json;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what a job was asked for where it holds a secret, such as a key server's URL with a
 * ticket: AES-256-GCM under a key derived from the service's seed, bound to the job's id.
 *
 * @see "NIST SP 800-38D, 8.2.2 RBG-based construction of IVs"
 */
public final class SpecSealer {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] PURPOSE = "keymux-sealed-jobs-v1".getBytes(UTF_8);

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  private SpecSealer(SecretKey key) {
    this.key = key;
  }

  /**
   * @param seed of the service; not kept
   */
  public static SpecSealer of(SecretBytes seed) {
    byte[] secret = seed.reveal();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] derived = mac.doFinal(PURPOSE);
      SpecSealer sealer = new SpecSealer(new SecretKeySpec(derived, "AES"));
      Arrays.fill(derived, (byte) 0);
      return sealer;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The order, encrypted; null if there is nothing to hide in it. */
  @Nullable Bytes seal(String jobId, JobOrder order) {
    if (order.secrets().isEmpty() && order.spec().redacted().equals(order.spec())) {
      return null;
    }
    return sealBytes(jobId, Json.line(SealedOrder.of(order)).getBytes(UTF_8));
  }

  /**
   * Encrypts anything.
   *
   * @param name what it belongs to, which {@link #openBytes} must name again
   * @param plain overwritten
   */
  public Bytes sealBytes(String name, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain);
      return Bytes.copyOf(
          ByteBuffer.allocate(NONCE_BYTES + encrypted.length).put(nonce).put(encrypted).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * @throws DrmException with code {@code sealed-with-another-seed} if it was sealed for another
   *     job or by a service with another seed, or was changed
   */
  JobOrder open(String jobId, Bytes hidden) {
    byte[] plain = openBytes(jobId, hidden);
    try {
      return Json.read(plain, SealedOrder.class).order();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * What {@link #sealBytes} was given; the caller overwrites it.
   *
   * @throws DrmException with code {@code sealed-with-another-seed} if it was sealed under another
   *     name or by a service with another seed, or was changed
   */
  public byte[] openBytes(String name, Bytes hidden) {
    byte[] sealed = hidden.toArray();
    try {
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, nonce, name)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new DrmException(
          Blame.OUTPUT,
          "sealed-with-another-seed",
          "What %s was asked for cannot be decrypted.".formatted(name),
          "Nodes that share a database need the same seed; if it was replaced, send the job again.",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(UTF_8));
    return cipher;
  }
}
