package io.keymux.keyserver.cpixget;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL with variables in path and query: {@code {contentId}}, {@code {kid}} (dashed, lower case),
 * {@code {kidHex}}, {@code {systems}}, {@code {scheme}} and {@code {period}}. A secret as a whole:
 * it may hold passwords.
 */
public final class UrlTemplate {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
  private static final List<String> KNOWN =
      List.of("contentId", "kid", "kidHex", "systems", "scheme", "period");
  private static final String UNRESERVED = "-._~";

  private final String template;
  private final String host;
  private final Map<DrmSystem, String> systemNames;

  private UrlTemplate(String template, String host, Map<DrmSystem, String> systemNames) {
    this.template = template;
    this.host = host;
    this.systemNames = Map.copyOf(systemNames);
  }

  /**
   * @param systemNames what {@code {systems}} calls each DRM system
   * @throws DrmException with code {@code invalid-key-server-url} if it is no http or https URL,
   *     has a user, or a variable that is unknown or stands outside path and query
   */
  public static UrlTemplate of(String template, Map<DrmSystem, String> systemNames) {
    Matcher variables = VARIABLE.matcher(template);
    while (variables.find()) {
      if (!KNOWN.contains(variables.group(1))) {
        throw invalid("has a variable that is none of " + KNOWN);
      }
    }
    String sample = fill(template, name -> "x");
    if (sample.indexOf('{') >= 0 || sample.indexOf('}') >= 0) {
      throw invalid("has a brace without its partner");
    }
    KeyServerUrl url = KeyServerUrl.of(sample);
    if (url.userInfo() != null) {
      throw invalid("has a user and password, which a URL with variables cannot carry");
    }
    // Another value would lead to another server.
    if (!authority(template).equals(authority(sample))) {
      throw invalid("has a variable outside its path and query");
    }
    return new UrlTemplate(template, url.host(), systemNames);
  }

  /**
   * With the names that Keymux itself has for DRM systems; ClearKey has no key server.
   *
   * @throws DrmException as {@link #of(String, Map)}
   */
  public static UrlTemplate of(String template) {
    return of(template, usualNames());
  }

  static Map<DrmSystem, String> usualNames() {
    Map<DrmSystem, String> names = new EnumMap<>(DrmSystem.class);
    for (DrmSystem system : DrmSystem.values()) {
      if (system != DrmSystem.CLEARKEY) {
        names.put(system, system.id());
      }
    }
    return names;
  }

  private static String authority(String url) {
    int from = url.indexOf("://") + 3;
    Matcher end = Pattern.compile("[/?#]").matcher(url);
    return url.substring(0, end.find(from) ? end.start() : url.length());
  }

  /** What may be said about it. */
  public String host() {
    return host;
  }

  /** Whether it has a place for one KID, and so asks for one key. */
  boolean namesKey() {
    return template.contains("{kid}") || template.contains("{kidHex}");
  }

  /** Whether it has a place for the index of a key period, and so asks for the keys of one. */
  boolean namesPeriod() {
    return template.contains("{period}");
  }

  /**
   * The URL for the first KID of {@code request}.
   *
   * @throws KeyExchangeException with code {@code key-request-unsupported} if a DRM system has no
   *     name here, or the URL names a key period and the job has none
   */
  public URI of(KeyRequest request) {
    String filled = fill(template, name -> value(name, request));
    return KeyServerUrl.of(filled).uri();
  }

  private String value(String name, KeyRequest request) {
    return switch (name) {
      case "contentId" -> encode(request.contentId());
      case "kid" -> request.keyIds().get(0).toString();
      case "kidHex" -> request.keyIds().get(0).toHex();
      case "systems" -> systems(request);
      case "scheme" -> request.scheme().fourCc();
      case "period" -> period(request);
      default -> throw new IllegalStateException("no variable is called " + name);
    };
  }

  private String period(KeyRequest request) {
    KeyPeriod period = request.keyPeriod();
    if (period == null) {
      throw KeyExchangeException.unsupported(
          host,
          "its URL names a key period, and the job has none",
          "Give the job a key period, or leave {period} out of the URL.");
    }
    return String.valueOf(period.index());
  }

  private String systems(KeyRequest request) {
    List<String> names = new ArrayList<>();
    for (DrmSystem system : request.systems()) {
      String name = systemNames.get(system);
      if (name != null) {
        names.add(encode(name));
      } else if (system != DrmSystem.CLEARKEY) {
        throw KeyExchangeException.unsupported(
            host,
            "DRM system %s is not one of %s"
                .formatted(
                    system.id(),
                    systemNames.keySet().stream().sorted().map(DrmSystem::id).toList()),
            "Leave the system out, or name it in the profile.");
      }
    }
    if (names.isEmpty()) {
      throw KeyExchangeException.unsupported(
          host, "none of its DRM systems has a key server", "Add a DRM system to the job.");
    }
    return String.join(",", names);
  }

  private static String fill(String template, UnaryOperator<String> values) {
    return VARIABLE
        .matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(values.apply(match.group(1))));
  }

  /**
   * Everything but what means itself in path and query alike.
   *
   * @see "RFC 3986, 2.3 Unreserved Characters"
   */
  private static String encode(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  private static DrmException invalid(String what) {
    return new DrmException(
        DrmException.Blame.CALLER,
        "invalid-key-server-url",
        "The URL of the key server " + what + ".",
        "Write it as https://host/path?id={contentId}.");
  }

  @Override
  public String toString() {
    return "UrlTemplate[" + host + "]";
  }
}
