package io.keymux.keyserver.speke;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The KID of the answer for each KID of a request, as rule after rule is matched. A replacement
 * must be one to one, and by KIDs that nobody asked for: otherwise one of the tracks would get the
 * key of another.
 */
final class ReplacedKeyIds {
  private final String host;
  private final KeyRequest request;
  private final Map<KeyId, KeyId> replaced = new LinkedHashMap<>();

  ReplacedKeyIds(String host, KeyRequest request) {
    this.host = host;
    this.request = request;
  }

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} if another rule gave the
   *     KID another replacement
   */
  void put(KeyId sent, KeyId received) {
    KeyId before = replaced.putIfAbsent(sent, received);
    if (before != null && !before.equals(received)) {
      throw invalid(
          "KID %s was replaced by %s in one usage rule and by %s in another%s"
              .formatted(sent, before, received, of(sent)));
    }
  }

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} if two KIDs became one, one
   *     became another that was asked for, or its bytes were swapped
   */
  void requireOneToOne() {
    Map<KeyId, KeyId> senders = new HashMap<>();
    replaced.forEach(
        (sent, kid) -> {
          KeyId other = senders.put(kid, sent);
          if (other != null) {
            throw invalid(
                "two KIDs of the request became the same KID %s%s%s"
                    .formatted(kid, of(other), of(sent)));
          }
          if (!kid.equals(sent) && replaced.containsKey(kid)) {
            throw invalid(
                "KID %s was swapped for %s of another usage rule%s".formatted(sent, kid, of(sent)));
          }
          requireOrder(host, request, kid);
        });
  }

  /**
   * A server that takes KIDs for GUIDs of Windows gives a key that no licence is for.
   *
   * @throws KeyExchangeException with code {@code key-response-invalid} if {@code kid} was not
   *     asked for, but would have been with its bytes in another order
   */
  static void requireOrder(String host, KeyRequest request, KeyId kid) {
    List<KeyId> asked = request.keyIds();
    for (KeyId sent : asked) {
      if (!asked.contains(kid) && KeyId.ofBytes(sent.toGuidBytes()).equals(kid)) {
        throw KeyExchangeException.invalidResponse(
            host,
            "KID %s is %s with its bytes in the order of a little-endian GUID%s"
                .formatted(kid, sent, rulesFor(request, sent)));
      }
    }
  }

  /** The KID of the answer for one that was sent. */
  KeyId required(KeyId sent) {
    KeyId received = replaced.get(sent);
    if (received == null) {
      throw new IllegalStateException("no usage rule names KID " + sent);
    }
    return received;
  }

  /** The KID of the answer for each that was sent. */
  Map<KeyId, KeyId> all() {
    return Collections.unmodifiableMap(replaced);
  }

  /** The rules that get a KID of the answer, for the end of a message; may be empty. */
  String rulesOf(KeyId received) {
    return replaced.entrySet().stream()
        .filter(entry -> entry.getValue().equals(received))
        .map(entry -> of(entry.getKey()))
        .findFirst()
        .orElse("");
  }

  private String of(KeyId sent) {
    return rulesFor(request, sent);
  }

  private static String rulesFor(KeyRequest request, KeyId sent) {
    List<String> types =
        request.rules().stream()
            .filter(rule -> rule.keyId().equals(sent))
            .map(rule -> "\"" + rule.intendedTrackType() + "\"")
            .toList();
    return types.isEmpty() ? "" : ", for usage rule " + String.join(" and ", types);
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
