package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.SecretBytes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code keyServer.auth} as it is written. Each field may stand in an environment
 * variable instead, {@code KEYMUX_KEYSERVER_AUTH_USER} and so on.
 *
 * @param type {@code none}, {@code basic}, {@code bearer} or {@code sigv4}
 * @param password a reference, like the other secrets
 */
record AuthConfig(
    @Nullable String type,
    @Nullable String user,
    @Nullable String password,
    @Nullable String token,
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String region) {
  static final AuthConfig EMPTY = new AuthConfig(null, null, null, null, null, null, null);

  private static final String SECTION = "keyServer.auth.";
  private static final String VARIABLE = "KEYMUX_KEYSERVER_AUTH_";

  AuthConfig with(Map<String, String> environment) {
    return new AuthConfig(
        first(environment.get(VARIABLE + "TYPE"), type),
        first(environment.get(VARIABLE + "USER"), user),
        first(environment.get(VARIABLE + "PASSWORD"), password),
        first(environment.get(VARIABLE + "TOKEN"), token),
        first(environment.get(VARIABLE + "ACCESSKEYID"), accessKeyId),
        first(environment.get(VARIABLE + "SECRETACCESSKEY"), secretAccessKey),
        first(environment.get(VARIABLE + "REGION"), region));
  }

  /**
   * @throws DrmException with code {@code invalid-config} if a field is missing, does not go with
   *     the type, or leads to no secret
   */
  AuthSettings resolve(Map<String, String> environment) {
    Map<String, String> given = given();
    AuthSettings settings =
        switch (type == null ? "none" : type) {
          case "none" -> new AuthSettings.None();
          case "basic" -> basic(given, environment);
          case "bearer" -> new AuthSettings.Bearer(secret(given, "token", environment));
          case "sigv4" ->
              new AuthSettings.SigV4(
                  text(given, "accessKeyId"),
                  secret(given, "secretAccessKey", environment),
                  given.remove("region"));
          default -> throw invalid(SECTION + "type is \"" + type + "\"");
        };
    if (!given.isEmpty()) {
      throw invalid(
          SECTION + given.keySet().iterator().next() + " does not go with this type of auth");
    }
    return settings;
  }

  /** A user's name ends at the first colon of the header's value. */
  private static AuthSettings basic(Map<String, String> given, Map<String, String> environment) {
    String user = text(given, "user");
    if (user.indexOf(':') >= 0) {
      throw invalid(SECTION + "user has a colon");
    }
    return new AuthSettings.Basic(user, secret(given, "password", environment));
  }

  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    put(given, "user", user);
    put(given, "password", password);
    put(given, "token", token);
    put(given, "accessKeyId", accessKeyId);
    put(given, "secretAccessKey", secretAccessKey);
    put(given, "region", region);
    return given;
  }

  private static void put(Map<String, String> given, String name, @Nullable String value) {
    if (value != null) {
      given.put(name, value);
    }
  }

  private static String text(Map<String, String> given, String name) {
    String value = given.remove(name);
    if (value == null || value.isBlank()) {
      throw invalid(SECTION + name + " is missing");
    }
    return value;
  }

  private static SecretBytes secret(
      Map<String, String> given, String name, Map<String, String> environment) {
    return SecretReference.resolve(SECTION + name, text(given, name), environment);
  }

  private static @Nullable String first(@Nullable String variable, @Nullable String configured) {
    return variable == null || variable.isEmpty() ? configured : variable;
  }

  private static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER,
        "invalid-config",
        problem + ".",
        "Use type none, basic with user and password, bearer with token, or sigv4 with accessKeyId,"
            + " secretAccessKey and perhaps region.");
  }
}
