package io.keymux.api.job;

import io.keymux.api.secret.SecretText;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
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
    return new JobSecrets.StorageAccess(
        open.accessKeyId(), SecretText.ofBase64(open.secretAccessKey()), open.region());
  }

  private static @Nullable Access access(JobSecrets.@Nullable StorageAccess closed) {
    return closed == null
        ? null
        : new Access(
            closed.accessKeyId(), SecretText.base64(closed.secretAccessKey()), closed.region());
  }

  private static @Nullable SecretBytes secret(@Nullable String text) {
    return text == null ? null : SecretText.ofBase64(text);
  }

  private static @Nullable String text(@Nullable SecretBytes secret) {
    return secret == null ? null : SecretText.base64(secret);
  }

  @Override
  public String toString() {
    return "SealedOrder[…]";
  }
}
