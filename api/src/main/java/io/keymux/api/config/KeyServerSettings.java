package io.keymux.api.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the embedded key server answers.
 *
 * @param auth who gets keys
 * @param protection by track type; {@value #OTHERS} is for all that have no entry
 */
public record KeyServerSettings(AuthSettings auth, Map<String, OutputProtection> protection) {
  /** Keys for everyone who reaches the service, and nothing said about their use. */
  public static final KeyServerSettings DEFAULT =
      new KeyServerSettings(new AuthSettings.None(), Map.of());

  static final String OTHERS = "*";

  public KeyServerSettings {
    protection = Map.copyOf(protection);
  }

  /**
   * What is to be said of keys for {@code trackType}: by its name, else by the first of its parts
   * that has an entry.
   *
   * @param trackType as in a usage rule; parts are joined by {@code +}
   */
  public @Nullable OutputProtection protectionOf(String trackType) {
    OutputProtection whole = protection.get(trackType);
    if (whole != null) {
      return whole;
    }
    for (String part : List.of(trackType.split("\\+", -1))) {
      OutputProtection found = protection.get(part);
      if (found != null) {
        return found;
      }
    }
    return protection.get(OTHERS);
  }
}
