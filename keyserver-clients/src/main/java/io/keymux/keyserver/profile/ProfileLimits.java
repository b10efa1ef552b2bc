package io.keymux.keyserver.profile;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * What a key server takes. It is held against a job before the first call, since servers answer
 * what exceeds it in ways that say nothing.
 *
 * @param profile for messages
 * @param maxKeys for one asset
 * @param contentId what content ids must match as a whole
 * @param maxContentId the longest content id, in characters
 * @param schemes that it knows
 * @param systems that it gives keys for; ClearKey needs no server and is always possible
 */
record ProfileLimits(
    String profile,
    int maxKeys,
    Pattern contentId,
    int maxContentId,
    Set<ProtectionScheme> schemes,
    Set<DrmSystem> systems) {

  static ProfileLimits of(String profile, ProfileFields fields) {
    return new ProfileLimits(
        profile,
        fields.number("maxKeys", Integer.MAX_VALUE, 1, Integer.MAX_VALUE),
        pattern(fields),
        fields.number("contentIdLength", 128, 1, 128),
        named(fields, "schemes", schemeNames()),
        named(fields, "systems", systemNames()));
  }

  /**
   * @param name of the key server
   * @throws DrmException with code {@code key-limit-exceeded} or {@code key-request-unsupported}
   */
  void check(String name, KeyRequest request) {
    int keys = request.keyIds().size();
    if (keys > maxKeys) {
      throw exceeded(
          name,
          "maxKeys",
          maxKeys,
          "the job needs " + keys,
          "Choose a key rule with fewer keys, as preset0 or per-type.");
    }
    int length = request.contentId().length();
    if (length > maxContentId) {
      throw exceeded(
          name,
          "contentIdLength",
          maxContentId,
          "the content id has " + length + " characters",
          "Choose a shorter content id.");
    }
    if (!contentId.matcher(request.contentId()).matches()) {
      throw unsupported(
          name,
          "the content id \"%s\" does not match %s"
              .formatted(request.contentId(), contentId.pattern()),
          "Choose another content id.");
    }
    if (!schemes.contains(request.scheme())) {
      throw unsupported(
          name,
          "the scheme %s is not one of %s"
              .formatted(
                  request.scheme().fourCc(),
                  schemes.stream().map(ProtectionScheme::fourCc).sorted().toList()),
          "Choose another scheme.");
    }
    List<DrmSystem> missing = new ArrayList<>(request.systems());
    missing.remove(DrmSystem.CLEARKEY);
    missing.removeAll(systems);
    if (!missing.isEmpty()) {
      throw unsupported(
          name,
          "it has no keys for %s".formatted(missing.get(0).id()),
          "Leave that DRM system out, or use another key server.");
    }
  }

  private DrmException exceeded(String name, String limit, int value, String wish, String remedy) {
    return new DrmException(
        Blame.CALLER,
        "key-limit-exceeded",
        "Key server %s (profile %s) has the limit %s %d, and %s."
            .formatted(name, profile, limit, value, wish),
        remedy);
  }

  private DrmException unsupported(String name, String what, String remedy) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "key-request-unsupported",
        "Key server %s (profile %s) cannot do what the job asks for: %s."
            .formatted(name, profile, what),
        remedy);
  }

  private static Pattern pattern(ProfileFields fields) {
    try {
      return Pattern.compile(fields.text("contentId", "[A-Za-z0-9_-]+"));
    } catch (PatternSyntaxException e) {
      throw fields.fault("contentId", "is not a regular expression");
    }
  }

  private static <T> Set<T> named(ProfileFields fields, String field, Map<String, T> known) {
    List<String> names = fields.texts(field);
    if (names == null) {
      return Set.copyOf(known.values());
    }
    for (String name : names) {
      if (!known.containsKey(name)) {
        throw fields.fault(field, "is not a list of some of " + String.join(", ", known.keySet()));
      }
    }
    return names.stream().map(known::get).collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, ProtectionScheme> schemeNames() {
    Map<String, ProtectionScheme> names = new TreeMap<>();
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      names.put(scheme.fourCc(), scheme);
    }
    return names;
  }

  static Map<String, DrmSystem> systemNames() {
    Map<String, DrmSystem> names = new TreeMap<>();
    for (DrmSystem system : DrmSystem.values()) {
      names.put(system.id(), system);
    }
    return names;
  }
}
