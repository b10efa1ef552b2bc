package io.keymux.keyserver.answer;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a key server calls the track types of a request. Nothing is guessed: a type that stands in
 * no map keeps its name, and must then be one that the server knows.
 *
 * @param names the server's name for an {@code intendedTrackType}, where it is another
 * @param known all names that the server has; empty if it takes any
 */
public record TrackTypeNames(Map<String, String> names, Set<String> known) {
  /** Any name, as it is. */
  public static final TrackTypeNames SAME = new TrackTypeNames(Map.of(), Set.of());

  public TrackTypeNames {
    names = Map.copyOf(names);
    known = Collections.unmodifiableSet(new LinkedHashSet<>(known));
  }

  /** The same list of names with other translations. */
  public TrackTypeNames withNames(Map<String, String> others) {
    return new TrackTypeNames(others, known);
  }

  /**
   * What to ask for. A name and a KID of the result belong to each other alone.
   *
   * @return the KID of the request for each of the server's names, in the order of the rules
   * @throws KeyExchangeException with code {@code key-request-unsupported} if a rule has no type,
   *     or one that the server does not know, if two KIDs have one name, or one KID two names
   */
  public Map<String, KeyId> asked(String host, KeyRequest request) {
    Map<String, KeyId> asked = new LinkedHashMap<>();
    Map<KeyId, String> byId = new LinkedHashMap<>();
    for (UsageRule rule : request.rules()) {
      String name = name(host, rule);
      KeyId otherId = asked.put(name, rule.keyId());
      if (otherId != null && !otherId.equals(rule.keyId())) {
        throw unsupported(
            host,
            "KIDs %s and %s are both for its track type \"%s\""
                .formatted(otherId, rule.keyId(), name));
      }
      String otherName = byId.put(rule.keyId(), name);
      if (otherName != null && !otherName.equals(name)) {
        throw unsupported(
            host,
            "KID %s is for its track types \"%s\" and \"%s\", which have a key each"
                .formatted(rule.keyId(), otherName, name));
      }
    }
    return asked;
  }

  /**
   * The server's name for the type of one rule.
   *
   * @throws KeyExchangeException with code {@code key-request-unsupported} if it has no type, or
   *     one that the server does not know
   */
  public String name(String host, UsageRule rule) {
    String type = rule.intendedTrackType();
    String name = names.getOrDefault(type, type);
    if (name.isEmpty()) {
      throw unsupported(host, "the rule of KID %s has no track type".formatted(rule.keyId()));
    }
    if (!known.isEmpty() && !known.contains(name)) {
      throw unsupported(
          host,
          name.equals(type)
              ? "track type \"%s\" is not one of %s".formatted(name, known)
              : "track type \"%s\", which it is said to call \"%s\", is not one of %s"
                  .formatted(type, name, known));
    }
    return name;
  }

  private static KeyExchangeException unsupported(String host, String what) {
    return KeyExchangeException.unsupported(
        host,
        what,
        "Choose another key rule, or say in the key server's profile what it calls these tracks.");
  }
}
