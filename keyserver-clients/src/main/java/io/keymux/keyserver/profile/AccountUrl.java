package io.keymux.keyserver.profile;

import io.keymux.keyserver.auth.HeaderAuthorizer;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a profile, or what it refers to, with the account's variables in it. Those that depend
 * on the job, as <code>
 * {contentId}</code>, are still to be filled.
 */
final class AccountUrl {
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]{0,31})}");

  /** What jobs fill in. */
  private static final Set<String> OF_THE_JOB =
      Set.of("contentId", "kid", "kidHex", "systems", "scheme");

  private static final Pattern USER = Pattern.compile("(?<=://)[^/?#]*@");

  private final String text;
  private final KeyServerUrl sample;

  private AccountUrl(String text) {
    this.sample = KeyServerUrl.of(VARIABLE.matcher(text).replaceAll("x"));
    this.text = sample.userInfo() == null ? text : USER.matcher(text).replaceFirst("");
  }

  /**
   * @throws ProfileException if there is no URL, or a variable has no value
   */
  static AccountUrl of(ProfileFields fields) {
    Map<String, String> needs = fields.map("needs");
    Map<String, String> values = new LinkedHashMap<>(fields.map("variables"));
    Matcher variable = VARIABLE.matcher(fields.textOrSecret("url"));
    StringBuilder filled = new StringBuilder();
    while (variable.find()) {
      String name = variable.group(1);
      String value = values.remove(name);
      if (OF_THE_JOB.contains(name)) {
        variable.appendReplacement(filled, Matcher.quoteReplacement(variable.group()));
      } else if (value == null || value.isBlank()) {
        throw fields.fault(
            "variables/" + name,
            "is missing" + (needs.containsKey(name) ? ": " + needs.get(name) : ""));
      } else {
        variable.appendReplacement(filled, Matcher.quoteReplacement(encoded(value, filled)));
      }
    }
    variable.appendTail(filled);
    if (!values.isEmpty()) {
      throw fields.fault(
          "variables/" + values.keySet().iterator().next(), "stands nowhere in the URL");
    }
    return new AccountUrl(filled.toString());
  }

  /** A host is taken as it is; anything behind it is a segment or a value. */
  private static String encoded(String value, StringBuilder before) {
    boolean inHost = before.indexOf("/", before.indexOf("//") + 2) < 0;
    return inHost ? value : URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  String text() {
    return text;
  }

  /** The URL, if the job has nothing to fill in. */
  KeyServerUrl url() {
    return KeyServerUrl.of(text);
  }

  /** The URL for some job. */
  KeyServerUrl sample() {
    return sample;
  }

  /** A user and password in the URL come first: HTTP Basic is what those who write them mean. */
  CallAuthorizer authorizer(CallAuthorizer chosen) {
    String user = sample.user();
    String password = sample.password();
    return user == null || password == null
        ? chosen
        : HeaderAuthorizer.basic(user, password).then(chosen);
  }

  String host() {
    return sample.host();
  }

  /** What the host is alone: the rest may hold secrets. */
  @Override
  public String toString() {
    return "AccountUrl[" + host() + "]";
  }
}
