package io.keymux.api.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.secret.SecretText;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.keyserver.RawKeys;
import io.keymux.packager.job.PackagingJob;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides where the keys of a job come from, and with which IV. */
record JobKeys(JobPreparation.KeyServers servers, FieldChecks fields) {

  /**
   * @param wish null for the embedded key server
   */
  KeyExchange exchange(JobSpec.@Nullable Protection wish, JobSecrets secrets) {
    KeyExchange embedded = servers.embedded();
    if (secrets.key() != null) {
      return RawKeys.of(ownKeyId(wish), secrets.key().value());
    }
    String type = wish == null ? null : wish.keyServerType();
    if (secrets.keyServerUrl() != null) {
      String url = SecretText.utf8(secrets.keyServerUrl());
      return fields.read("/protection/keyServer", () -> servers.remote(url, type), embedded);
    }
    String server = wish == null ? null : wish.keyServer();
    return server == null || server.equals("embedded")
        ? embedded
        : fields.read("/protection/keyServer", () -> servers.remote(server, type), embedded);
  }

  /** Sets the IV that was asked for, if any. */
  void iv(JobSpec.@Nullable Protection wish, JobSecrets secrets, PackagingJob.Builder job) {
    Bytes iv = secrets.key() == null ? null : secrets.key().iv();
    String hex = wish == null ? null : wish.iv();
    if (iv != null) {
      job.iv(iv);
    } else if (hex != null && !hex.matches("([0-9a-fA-F]{16}){1,2}")) {
      fields.add("/protection/iv", "invalid-iv", "not 16 or 32 hex digits.");
    } else if (hex != null) {
      job.iv(Bytes.ofHex(hex));
    }
  }

  /** Nothing in the output names it: AES-128 has no KIDs. Of the name alone, not of the key. */
  private static KeyId ownKeyId(JobSpec.@Nullable Protection wish) {
    String name = wish == null || wish.contentId() == null ? "content" : wish.contentId();
    return new KeyId(UUID.nameUUIDFromBytes(("own key of " + name).getBytes(UTF_8)));
  }
}
