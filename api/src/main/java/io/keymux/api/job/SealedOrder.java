package io.keymux.api.job;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An order with its secrets in the open, as JSON has it: only ever to be encrypted, or what was
 * decrypted. Secrets are in base64; absent ones are null.
 *
 * @param key 16 bytes
 * @param iv in hex
 */
public record SealedOrder(
    JobSpec spec,
    @Nullable String keyServerUrl,
    @Nullable String key,
    @Nullable String iv,
    @Nullable String inputUrl,
    @Nullable Access input,
    @Nullable Access output) {

  /** An access key of a store. */
  public record Access(String accessKeyId, String secretAccessKey, String region) {}

  /** Opens up an order. */
  public static SealedOrder of(JobOrder order) {
    JobSecrets secrets = order.secrets();
    JobSecrets.OwnKey own = secrets.key();
    return new SealedOrder(
        order.spec(),
        text(secrets.keyServerUrl()),
        own == null ? null : text(own.value()),
        own == null || own.iv() == null ? null : own.iv().toHex(),
        text(secrets.inputUrl()),
        access(secrets.input()),
        access(secrets.output()));
  }

  /** The order, closed again. */
  public JobOrder order() {
    SecretBytes own = secret(key);
    return new JobOrder(
        spec,
        new JobSecrets(
            secret(keyServerUrl),
            own == null ? null : new JobSecrets.OwnKey(own, iv == null ? null : Bytes.ofHex(iv)),
            secret(inputUrl),
            access(input),
            access(output)));
  }

  private static JobSecrets.@Nullable StorageAccess access(@Nullable Access open) {
    if (open == null) {
      return null;
    }
    byte[] bytes = Base64.getDecoder().decode(open.secretAccessKey());
    return new JobSecrets.StorageAccess(
        open.accessKeyId(), SecretBytes.copyOf(bytes), open.region());
  }

  private static @Nullable Access access(JobSecrets.@Nullable StorageAccess closed) {
    return closed == null
        ? null
        : new Access(closed.accessKeyId(), encoded(closed.secretAccessKey()), closed.region());
  }

  private static @Nullable SecretBytes secret(@Nullable String text) {
    return text == null ? null : SecretBytes.copyOf(Base64.getDecoder().decode(text));
  }

  private static @Nullable String text(@Nullable SecretBytes secret) {
    return secret == null ? null : encoded(secret);
  }

  private static String encoded(SecretBytes secret) {
    byte[] bytes = secret.reveal();
    try {
      return Base64.getEncoder().encodeToString(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "SealedOrder[…]";
  }
}
