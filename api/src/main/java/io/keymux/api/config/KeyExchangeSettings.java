package io.keymux.api.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.keyserver.http.AddressPolicy;
import io.keymux.keyserver.profile.SecretSource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key servers that the operator knows.
 *
 * @param accounts sections of JSON, by name
 * @param profiles sections of JSON, by name; they go before those that come with Keymux
 * @param addresses which addresses key servers may have
 * @param secrets where the references in accounts lead
 * @param named where those in accounts lead that come over HTTP
 */
public record KeyExchangeSettings(
    Map<String, byte[]> accounts,
    Map<String, byte[]> profiles,
    AddressPolicy addresses,
    SecretSource secrets,
    SecretSource named) {

  /** No accounts; URLs of jobs may lead to public and loopback addresses. */
  public static final KeyExchangeSettings DEFAULT =
      new KeyExchangeSettings(
          Map.of(),
          Map.of(),
          AddressPolicy.PUBLIC_OR_LOOPBACK,
          Secrets.references(Map.of()),
          Secrets.named(Map.of(), Map.of()));

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

  public KeyExchangeSettings {
    accounts = new LinkedHashMap<>(accounts);
    profiles = new LinkedHashMap<>(profiles);
  }

  /** The same, where URLs may lead anywhere: for those that the operator types. */
  public KeyExchangeSettings withAnyAddress() {
    return new KeyExchangeSettings(accounts, profiles, AddressPolicy.ANY, secrets, named);
  }

  static KeyExchangeSettings of(
      @Nullable Map<String, JsonNode> accounts,
      @Nullable Map<String, JsonNode> profiles,
      @Nullable String addresses,
      @Nullable Map<String, String> named,
      Map<String, String> environment) {
    AddressPolicy policy =
        Addresses.policy("keyServerAddresses", addresses, AddressPolicy.PUBLIC_OR_LOOPBACK);
    return new KeyExchangeSettings(
        bytes("keyServers", accounts),
        bytes("keyServerProfiles", profiles),
        policy,
        Secrets.references(environment),
        Secrets.named(named == null ? Map.of() : Map.copyOf(named), environment));
  }

  private static Map<String, byte[]> bytes(
      String section, @Nullable Map<String, JsonNode> written) {
    Map<String, byte[]> sections = new HashMap<>();
    if (written != null) {
      written.forEach(
          (name, node) -> {
            if (!name.matches(NAME) || name.equals("embedded")) {
              throw invalid(
                  section + " has a name that is not 1 to 64 of A-Z a-z 0-9 _ -, or is embedded");
            }
            sections.put(name, node.toString().getBytes(StandardCharsets.UTF_8));
          });
    }
    return sections;
  }

  private static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER, "invalid-config", problem + ".", "docs/key-servers.md has examples.");
  }
}
