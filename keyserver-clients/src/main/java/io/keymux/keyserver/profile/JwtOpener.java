package io.keymux.keyserver.profile;

import io.keymux.keyserver.auth.UrlJwt;
import io.keymux.keyserver.http.CallAuthorizer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A signed token in the URL: {@code auth} of type {@code url-jwt}. */
final class JwtOpener {
  private JwtOpener() {}

  static CallAuthorizer open(ProfileFields auth) {
    UrlJwt.Builder jwt = signed(auth).parameter(auth.text("parameter", "auth-token"));
    if (auth.has("keyId")) {
      jwt.keyId(auth.text("keyId"));
    }
    Duration lifetime = auth.duration("lifetime", Duration.ofMinutes(5));
    if (lifetime.toSeconds() < 1) {
      throw auth.fault("lifetime", "is shorter than a second");
    }
    jwt.lifetime(lifetime);
    auth.map("claims")
        .forEach(
            (name, value) -> {
              try {
                jwt.claim(name, value);
              } catch (IllegalArgumentException e) {
                throw auth.fault("claims/" + name, "is made for each token");
              }
            });
    return jwt.build();
  }

  private static UrlJwt.Builder signed(ProfileFields auth) {
    Map<String, UrlJwt.Algorithm> algorithms = new LinkedHashMap<>();
    for (UrlJwt.Algorithm algorithm : UrlJwt.Algorithm.values()) {
      algorithms.put(algorithm.name(), algorithm);
    }
    if (auth.has("secret")) {
      return UrlJwt.signedWith(auth.secret("secret"));
    }
    return UrlJwt.signedWith(
        auth.choice("algorithm", algorithms, UrlJwt.Algorithm.RS256),
        Certificates.credential(auth, "privateKey", "certificate"));
  }
}
