package io.keymux.api.keyserver;

import io.keymux.cpix.DrmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The account of a key server of which only the URL and the protocol are known. */
public final class UrlAccount {
  /** The protocols; {@code speke-v2} is meant where none is named. */
  public static final List<String> TYPES =
      List.of("speke-v1", "speke-v2", "speke-v2.1", "cpix-get", "drmtoday", "drmtoday-generate");

  private UrlAccount() {}

  /**
   * @param url may hold a user and password, a token or a ticket
   * @throws DrmException with code {@code unknown-key-server-type}
   */
  static Map<String, Object> of(String url, @Nullable String type) {
    Map<String, Object> account = new LinkedHashMap<>();
    switch (type == null ? "speke-v2" : type) {
      case "speke-v1" -> speke(account, "1.0");
      case "speke-v2" -> speke(account, "2.0");
      case "speke-v2.1" -> speke(account, "2.1");
      case "cpix-get" -> {
        account.put("title", "CPIX document");
        account.put("transport", "cpix-get");
      }
      case "drmtoday", "drmtoday-generate" -> {
        account.put("profile", type);
        account.put("auth", new TreeMap<>(Map.of("type", "pre-ticketed")));
      }
      default ->
          throw new DrmException(
              DrmException.Blame.CALLER,
              "unknown-key-server-type",
              "\"" + type + "\" is not a type of key server.",
              "Use " + String.join(", ", TYPES) + ".");
    }
    account.put("url", url);
    return account;
  }

  private static void speke(Map<String, Object> account, String version) {
    account.put("profile", "generic");
    account.put("cpix", Map.of("speke", version));
  }
}
