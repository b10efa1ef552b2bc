package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.keyserver.profile.SecretSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the secrets of key-server accounts are found. */
public final class Secrets {
  private static final Pattern NAMED = Pattern.compile("\\$\\{secret:([A-Za-z0-9_.-]{1,64})}");

  private Secrets() {}

  /**
   * References to what the operator has given a name, {@code ${secret:NAME}}, and to nothing else:
   * for accounts that come over HTTP, whose authors must not choose files of this machine.
   *
   * @param named references by name, as the section {@code secrets} holds them
   * @param environment of the process
   */
  public static SecretSource named(Map<String, String> named, Map<String, String> environment) {
    return (setting, reference) -> {
      Matcher form = NAMED.matcher(reference);
      String target = form.matches() ? named.get(form.group(1)) : null;
      if (target == null) {
        throw new DrmException(
            DrmException.Blame.CALLER,
            "unknown-secret",
            setting + " is not a reference to a secret that this service knows.",
            "Write ${secret:NAME} with a name of the section secrets of the configuration file.");
      }
      return SecretReference.resolve(setting, target, environment);
    };
  }

  /**
   * References to environment variables and files.
   *
   * @param environment of the process
   */
  public static SecretSource references(Map<String, String> environment) {
    return (setting, reference) -> SecretReference.resolve(setting, reference, environment);
  }
}
