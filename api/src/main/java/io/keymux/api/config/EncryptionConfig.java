package io.keymux.api.config;

import io.keymux.api.envelope.AwsKmsKey;
import io.keymux.api.envelope.KeyEncryptionKey;
import io.keymux.api.envelope.LocalKey;
import io.keymux.api.envelope.VaultTransitKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code security.encryption}: a key-encryption key. One of the three is there.
 *
 * @param key a reference to 32 bytes as 64 hex digits or in base64
 * @param vault a key of Vault's transit engine
 * @param awsKms a key of AWS KMS
 */
record EncryptionConfig(@Nullable String key, @Nullable Vault vault, @Nullable Kms awsKms) {
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");
  private static final Pattern KMS_ID = Pattern.compile("[A-Za-z0-9:/_-]{1,150}");

  /**
   * @param address {@code https}; {@code http} for loopback alone
   * @param mount absent for {@code transit}
   * @param token a reference, read again at each call
   */
  record Vault(
      @Nullable String address,
      @Nullable String mount,
      @Nullable String key,
      @Nullable String token,
      @Nullable String namespace) {}

  record Kms(@Nullable String keyId, @Nullable String region, @Nullable String endpoint) {}

  /**
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if something in them
   *     cannot be used
   */
  static List<KeyEncryptionKey> resolve(
      @Nullable List<EncryptionConfig> configs, Map<String, String> environment) {
    List<KeyEncryptionKey> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (EncryptionConfig config : configs == null ? List.<EncryptionConfig>of() : configs) {
      String at = "security.encryption/" + keys.size();
      KeyEncryptionKey key = config.resolve(at, environment);
      if (!ids.add(key.id())) {
        throw Grants.invalid(at + " is there twice");
      }
      if (key.id().length() > KeyEncryptionKey.LONGEST_ID) {
        throw Grants.invalid(at + " has a name that is too long");
      }
      keys.add(key);
    }
    return keys;
  }

  private KeyEncryptionKey resolve(String at, Map<String, String> environment) {
    if (Stream.of(key, vault, awsKms).filter(kind -> kind != null).count() != 1) {
      throw Grants.invalid(at + " is not one of key, vault and awsKms");
    }
    if (key != null) {
      return LocalKey.of(
          KeyText.read(at + ".key", SecretReference.resolve(at + ".key", key, environment)));
    }
    return vault != null ? vault(at + ".vault.", vault, environment) : kms(at + ".awsKms.", awsKms);
  }

  private static KeyEncryptionKey vault(String at, Vault vault, Map<String, String> environment) {
    String mount = vault.mount == null ? "transit" : vault.mount;
    if (!PATH.matcher(mount).matches()) {
      throw Grants.invalid(at + "mount is not a path");
    }
    if (vault.key == null || !PATH.matcher(vault.key).matches() || vault.key.contains("/")) {
      throw Grants.invalid(at + "key is not a name");
    }
    if (vault.token == null) {
      throw Grants.invalid(at + "token is missing");
    }
    if (vault.namespace != null && !PATH.matcher(vault.namespace).matches()) {
      throw Grants.invalid(at + "namespace is not a path");
    }
    String token = vault.token;
    // What cannot be read is said at the start.
    SecretReference.resolve(at + "token", token, environment).wipe();
    return new VaultTransitKey(
        new VaultTransitKey.Vault(
            address(at + "address", vault.address), mount, vault.key, vault.namespace),
        () -> SecretReference.resolve(at + "token", token, environment));
  }

  private static KeyEncryptionKey kms(String at, @Nullable Kms kms) {
    if (kms == null || kms.keyId == null || !KMS_ID.matcher(kms.keyId).matches()) {
      throw Grants.invalid(at + "keyId is not an ARN, an id or an alias");
    }
    URI endpoint = kms.endpoint == null ? null : address(at + "endpoint", kms.endpoint);
    return AwsKmsKey.of(kms.keyId, kms.region, endpoint);
  }

  private static URI address(String at, @Nullable String text) {
    try {
      URI uri = new URI(text == null ? "" : text.replaceFirst("/$", ""));
      boolean loopback =
          uri.getHost() != null
              && Set.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
      boolean usable =
          "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback);
      if (usable
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawPath().isEmpty()) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw Grants.invalid(at + " is not https://HOST");
  }
}
