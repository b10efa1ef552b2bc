package io.keymux.keyserver.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.keyserver.http.HttpSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes key servers of accounts. An account is a section of YAML or JSON: it names a profile, gives
 * what the profile needs, and may replace any of its fields; without a profile it has to say
 * everything. docs/key-servers.md describes the fields.
 */
public final class KeyServers {
  private final ProfileTrees profiles;
  private final SecretSource secrets;
  private final HttpSettings http;
  private final KeyExchange producer;

  private KeyServers(
      ProfileTrees profiles, SecretSource secrets, HttpSettings http, KeyExchange producer) {
    this.profiles = profiles;
    this.secrets = secrets;
    this.http = http;
    this.producer = producer;
  }

  /**
   * @param profiles of the user, YAML or JSON by name; they go before built-in ones of that name
   * @param secrets where references of accounts lead
   * @param http what calls are bound to; limits of a profile go before its limits
   * @param producer makes keys for servers that only keep them
   * @throws ProfileException with code {@code invalid-key-server-profile}
   */
  public static KeyServers of(
      Map<String, byte[]> profiles, SecretSource secrets, HttpSettings http, KeyExchange producer) {
    Map<String, ObjectNode> users = new LinkedHashMap<>();
    profiles.forEach((name, yaml) -> users.put(name, ProfileTrees.parse(name, yaml)));
    return new KeyServers(new ProfileTrees(users), secrets, http, producer);
  }

  /** The names of all profiles, those of the user first. */
  public List<String> profileNames() {
    return profiles.names();
  }

  /** All profiles, those of the user first. */
  public List<ProfileSummary> profiles() {
    List<ProfileSummary> summaries = new ArrayList<>();
    for (String name : profileNames()) {
      ObjectNode tree =
          profiles.resolve(name, JsonNodeFactory.instance.objectNode().put("profile", name));
      ProfileFields fields = ProfileFields.of(name, tree, secrets);
      List<String> auth = new ArrayList<>();
      for (ProfileFields section : fields.sections("auth")) {
        auth.add(section.text("type", "none"));
      }
      summaries.add(
          new ProfileSummary(
              name,
              fields.text("title", name),
              fields.text("transport", ""),
              auth.isEmpty() ? "none" : String.join("+", auth),
              fields.map("needs"),
              !fields.has("url")));
    }
    return summaries;
  }

  /**
   * Opens an account; nothing is called yet.
   *
   * @param name for messages and reports
   * @param account YAML or JSON
   * @throws ProfileException with code {@code invalid-key-server-profile} or {@code
   *     unknown-key-server-profile}
   * @throws DrmException if a secret cannot be found, or the URL, a key or a certificate is
   *     unusable
   */
  public KeyServer open(String name, byte[] account) {
    ObjectNode written = ProfileTrees.parse(name, account);
    String profile = written.path("profile").asText("-");
    ProfileFields fields = ProfileFields.of(name, profiles.resolve(name, written), secrets);
    return new AccountOpener(name, profile, fields, http, producer).open();
  }
}
