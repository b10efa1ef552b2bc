package io.keymux.keyserver.profile;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An authenticator and the lock that it opens.
 *
 * @param fields of the account, in YAML; {@code @BASE@} is where the server is
 * @param secrets where its references lead
 * @param wrong secrets that do not open the lock
 * @param challenged how often a call goes out before it is proved
 * @param refusedCalls how many calls it takes until a refusal is believed
 * @param hidden what nobody may say, beside the secrets
 */
record Proof(
    String name,
    String fields,
    Map<String, String> secrets,
    Map<String, String> wrong,
    Supplier<Lock> lock,
    int challenged,
    int refusedCalls,
    List<String> hidden) {

  /** The code of a refusal for good. */
  String refusal() {
    return preTicketed() ? "key-ticket-expired" : "key-server-unauthorized";
  }

  boolean preTicketed() {
    return name.equals("pre-ticketed");
  }

  boolean mutualTls() {
    return name.equals("mtls");
  }

  boolean hasLogin() {
    return fields.contains(LoginLocks.LOGIN);
  }

  @Override
  public String toString() {
    return name;
  }
}
