package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import java.time.Duration;
import java.util.Map;

/** Accounts whose references lead to secrets of the form {@code secret of NAME}. */
final class TestAccounts {
  /** Makes the keys where the server only keeps them. */
  static final SeedKeys PRODUCER = SeedKeys.of(SecretBytes.copyOf(new byte[32]));

  static final HttpSettings HTTP =
      HttpSettings.DEFAULT.withLimits(
          new HttpLimits(
              Duration.ofSeconds(2),
              Duration.ofSeconds(5),
              Duration.ofSeconds(10),
              2,
              Duration.ofMillis(5),
              4 << 20));

  private TestAccounts() {}

  static KeyServers servers() {
    return servers(Map.of());
  }

  /**
   * @param secrets by the name of their references, {@code ${env:NAME}}; others lead to {@code
   *     secret-of-NAME}
   */
  static KeyServers servers(Map<String, String> secrets) {
    return KeyServers.of(
        Map.of("mine", "profile: generic\nurl: https://mine.example/".getBytes(UTF_8)),
        (setting, reference) -> {
          String name = reference.replaceAll("\\$\\{env:(.*)}", "$1");
          return SecretBytes.copyOf(
              secrets.getOrDefault(name, "secret-of-" + name).getBytes(UTF_8));
        },
        HTTP,
        PRODUCER);
  }

  static KeyServer open(String yaml) {
    return servers().open("test", yaml.getBytes(UTF_8));
  }
}
