package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.auth.CasTickets;
import io.keymux.keyserver.auth.DigestAuthorizer;
import io.keymux.keyserver.auth.HeaderAuthorizer;
import io.keymux.keyserver.auth.OAuthClientCredentials;
import io.keymux.keyserver.auth.PathToken;
import io.keymux.keyserver.auth.PreTicketedUrl;
import io.keymux.keyserver.auth.QueryToken;
import io.keymux.keyserver.auth.TicketPolicy;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.KeyServerUrl;
import io.keymux.keyserver.tencent.Tc3Authorizer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what the section {@code auth} of an account describes: one authenticator, or several.
 *
 * @param names of the types, for people: {@code cas} or {@code header+query-token}
 */
record AuthOpener(String names, CallAuthorizer authorizer) {

  /**
   * @param fields of the whole account
   */
  static AuthOpener open(ProfileFields fields) {
    CallAuthorizer all = CallAuthorizer.none();
    List<String> names = new ArrayList<>();
    for (ProfileFields section : fields.sections("auth")) {
      names.add(section.text("type"));
      all = all.then(one(section));
    }
    if (fields.section("tls").has("privateKey")) {
      names.removeIf("none"::equals);
      names.add("mtls");
    }
    return new AuthOpener(names.isEmpty() ? "none" : String.join("+", names), all);
  }

  private static CallAuthorizer one(ProfileFields auth) {
    return switch (auth.text("type")) {
      case "none" -> CallAuthorizer.none();
      case "header" -> HeaderAuthorizer.of(headerName(auth), headerValue(auth, "value"));
      case "basic" -> HeaderAuthorizer.basic(auth.text("user"), value(auth, "password"));
      case "digest" -> DigestAuthorizer.of(auth.text("user"), auth.secret("password"));
      case "bearer" -> HeaderAuthorizer.bearer(headerValue(auth, "token"));
      case "oauth2" -> oauth(auth);
      case "query-token" -> query(auth);
      case "path-token" -> PathToken.of(value(auth, "token"));
      case "url-jwt" -> JwtOpener.open(auth);
      case "cas" -> cas(auth);
      case "pre-ticketed" -> PreTicketedUrl.of();
      case "sigv4" -> AwsOpener.open(auth);
      case "tc3" -> tc3(auth);
      default ->
          throw auth.fault(
              "type",
              "is not one of none, header, basic, digest, bearer, oauth2, query-token, path-token,"
                  + " url-jwt, cas, pre-ticketed, sigv4, tc3");
    };
  }

  private static CallAuthorizer tc3(ProfileFields auth) {
    String id = auth.text("secretId");
    SecretBytes key = auth.secret("secretKey");
    String token = auth.has("token") ? value(auth, "token") : null;
    try {
      return Tc3Authorizer.of(id, key, token, auth.optional("service"));
    } catch (IllegalArgumentException e) {
      throw auth.fault(
          "secretId", "or the token or service has characters that a signature cannot carry");
    }
  }

  private static CallAuthorizer oauth(ProfileFields auth) {
    return OAuthClientCredentials.of(
        url(auth, "tokenUrl"),
        auth.text("clientId"),
        auth.secret("clientSecret"),
        auth.optional("scope"),
        auth.choice(
            "style",
            Map.of(
                "basic", OAuthClientCredentials.Style.BASIC,
                "form", OAuthClientCredentials.Style.FORM),
            OAuthClientCredentials.Style.BASIC),
        auth.map("parameters"));
  }

  /** Several parameters have their values by name; a single one may have it as {@code token}. */
  private static CallAuthorizer query(ProfileFields auth) {
    List<String> names = auth.texts("names");
    if (names == null || names.isEmpty()) {
      throw auth.fault("names", "is missing");
    }
    CallAuthorizer all = CallAuthorizer.none();
    ProfileFields tokens = auth.section("tokens");
    for (String name : names) {
      String value =
          names.size() == 1 && auth.has("token") ? value(auth, "token") : value(tokens, name);
      all = all.then(QueryToken.of(name, value));
    }
    return all;
  }

  private static CallAuthorizer cas(ProfileFields auth) {
    boolean reusable =
        auth.choice("policy", Map.of("single-use", false, "reusable", true), Boolean.FALSE);
    Duration lifetime = auth.positive("lifetime", Duration.ofMinutes(5));
    Map<String, CasTickets.Placement> placements = new LinkedHashMap<>();
    placements.put("query", CasTickets.Placement.QUERY);
    placements.put("header", CasTickets.Placement.HEADER);
    return CasTickets.of(
        url(auth, "login"),
        auth.text("user"),
        auth.secret("password"),
        reusable ? TicketPolicy.reusable(lifetime) : TicketPolicy.singleUse(),
        auth.choice("placement", placements, CasTickets.Placement.QUERY));
  }

  private static String headerName(ProfileFields auth) {
    String name = auth.text("name");
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw auth.fault("name", "is not the name of a header");
    }
    return name;
  }

  private static String headerValue(ProfileFields auth, String field) {
    String value = value(auth, field);
    if (!value.matches("[\\x20-\\x7e\\t]*")) {
      throw auth.fault(field, "leads to characters that a header cannot carry, as a line break");
    }
    return value;
  }

  static URI url(ProfileFields fields, String field) {
    return KeyServerUrl.of(fields.text(field)).uri();
  }

  /** A secret as headers and URLs need it. */
  private static String value(ProfileFields fields, String field) {
    SecretBytes secret = fields.secret(field);
    byte[] bytes = secret.reveal();
    try {
      return new String(bytes, UTF_8);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      secret.wipe();
    }
  }
}
