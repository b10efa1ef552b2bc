package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Every authenticator as users configure it. Secrets have characters that have to be encoded. */
final class Proofs {
  /** What stands at the end of the URL. */
  static final String TICKET = "TICKET";

  private static final String VALUE = "canary-5ec4e7==";
  private static final String PASSWORD = "pa&ss w+rd/\u00fc=9c1e";
  private static final String TOKEN = "s3cr+t/t\u00f6k en=9c1e";
  private static final String IN_QUERY = "s3cr%2Bt%2Ft%C3%B6k%20en%3D9c1e";
  private static final String IN_PATH = "s3cr+t%2Ft%C3%B6k%20en=9c1e";
  private static final String LONG = "a secret of no less than 32 bytes: 5ec4e7";

  private final List<Proof> all = new ArrayList<>();

  private Proofs() {
    plain();
    logins();
    signatures();
  }

  static List<Proof> all() {
    return new Proofs().all;
  }

  private void plain() {
    add("none", "{type: none}", Map.of(), () -> Lock.header("Authorization", null), 0, 1);
    add(
        "header",
        "{type: header, name: X-Api-Key, value: '${env:S}'}",
        Map.of("S", VALUE),
        () -> Lock.header("X-Api-Key", VALUE).and(Lock.header("Authorization", null)),
        0,
        1);
    String pair = base64("tenant-1:" + PASSWORD);
    add(
        "basic",
        "{type: basic, user: tenant-1, password: '${env:S}'}",
        Map.of("S", PASSWORD),
        () -> Lock.header("Authorization", "Basic " + pair),
        0,
        1,
        pair);
    for (String algorithm : List.of("MD5", "SHA-256")) {
      add(
          "digest " + algorithm,
          "{type: digest, user: tenant-1, password: '${env:S}'}",
          Map.of("S", PASSWORD),
          () -> new DigestLock(algorithm, "tenant-1", PASSWORD),
          1,
          2);
    }
    add(
        "bearer",
        "{type: bearer, token: '${env:S}'}",
        Map.of("S", VALUE),
        () -> Lock.header("Authorization", "Bearer " + VALUE),
        0,
        1);
    add(
        "query-token",
        "{type: query-token, names: [enc-token], token: '${env:S}'}",
        Map.of("S", TOKEN),
        () -> Lock.query("&enc-token=" + IN_QUERY),
        0,
        1,
        IN_QUERY);
    add(
        "query-token of two names",
        "{type: query-token, names: [u, p], tokens: {u: '${env:U}', p: '${env:S}'}}",
        Map.of("U", "user-5ec4e7", "S", TOKEN),
        () -> Lock.query("&u=user-5ec4e7&p=" + IN_QUERY),
        0,
        1,
        IN_QUERY);
    add(
        "path-token",
        "{type: path-token, token: '${env:S}'}",
        Map.of("S", TOKEN),
        () -> Lock.path(IN_PATH),
        0,
        1,
        IN_PATH);
    add(
        "pre-ticketed",
        "{type: pre-ticketed}",
        Map.of(TICKET, "&ticket=ST-in-the-url-5ec4e7"),
        () -> Lock.query("&ticket=ST-in-the-url-5ec4e7"),
        0,
        1);
    add(
        "header and query-token",
        "[{type: header, name: X-Client, value: '${env:H}'},"
            + " {type: query-token, names: [t], token: '${env:S}'}]",
        Map.of("H", VALUE, "S", TOKEN),
        () -> Lock.header("X-Client", VALUE).and(Lock.query("&t=" + IN_QUERY)),
        0,
        1,
        IN_QUERY);
    String client = TestKeys.privateKey(TestKeys.CLIENT);
    all.add(
        new Proof(
            "mtls",
            "auth: {type: none}, tls: {privateKey: '${env:KEY}', certificate: '${env:CERT}',"
                + " authorities: '${env:CA}'}",
            Map.of(
                "KEY", client,
                "CERT", TestKeys.certificate(TestKeys.CLIENT),
                "CA", TestKeys.certificate(TestKeys.ROOT)),
            Map.of(
                "KEY", TestKeys.privateKey(TestKeys.FOREIGN),
                "CERT", TestKeys.certificate(TestKeys.FOREIGN),
                "CA", TestKeys.certificate(TestKeys.ROOT)),
            () ->
                Lock.query("")
                    .and((r, plain, type) -> r.getScheme().equals("https") ? null : "the scheme"),
            0,
            1,
            List.of(client.substring(100, 120))));
  }

  private void logins() {
    String token = "tokenUrl: '@BASE@/login/token', clientId: 'id:1', clientSecret: '${env:S}',";
    Map<String, String> form = Map.of("grant_type", "client_credentials", "scope", "keys");
    add(
        "oauth2 basic",
        "{type: oauth2, " + token + " scope: keys}",
        Map.of("S", PASSWORD),
        () -> new LoginLocks.OAuth(form, "id%3A1:pa%26ss%20w%2Brd%2F%C3%BC%3D9c1e"),
        0,
        2,
        "at-canary");
    Map<String, String> whole = new HashMap<>(form);
    whole.putAll(Map.of("client_id", "id:1", "client_secret", PASSWORD, "audience", "drm"));
    add(
        "oauth2 form",
        "{type: oauth2, " + token + " scope: keys, style: form, parameters: {audience: drm}}",
        Map.of("S", PASSWORD),
        () -> new LoginLocks.OAuth(whole, null),
        0,
        2,
        "at-canary");
    String cas = "{type: cas, login: '@BASE@/login', user: 'acme::packager', password: '${env:S}'";
    Map<String, String> policies =
        Map.of(
            "cas single-use query", "policy: single-use",
            "cas single-use header", "policy: single-use, placement: header",
            "cas reusable", "policy: reusable, lifetime: 1m");
    policies.forEach(
        (name, policy) ->
            add(
                name,
                cas + ", " + policy + "}",
                Map.of("S", PASSWORD),
                () ->
                    new LoginLocks.Cas(
                        PASSWORD, policy.contains("header"), policy.contains("reusable")),
                0,
                2,
                "ST-canary",
                "TGT-canary"));
  }

  private void signatures() {
    String claims = "keyId: key-7, lifetime: 2m, claims: {iss: acme}";
    add(
        "url-jwt HS256",
        "{type: url-jwt, secret: '${env:S}', " + claims + "}",
        Map.of("S", LONG),
        () -> new JwtLock("auth-token", LONG, null),
        0,
        1,
        "auth-token=");
    String key = TestKeys.privateKey(TestKeys.CLIENT);
    all.add(
        new Proof(
            "url-jwt RS256",
            "auth: {type: url-jwt, parameter: jwt, privateKey: '${env:KEY}',"
                + " certificate: '${env:CERT}', algorithm: RS256, "
                + claims
                + "}",
            Map.of("KEY", key, "CERT", TestKeys.certificate(TestKeys.CLIENT)),
            Map.of(
                "KEY", TestKeys.privateKey(TestKeys.FOREIGN),
                "CERT", TestKeys.certificate(TestKeys.FOREIGN)),
            () -> new JwtLock("jwt", null, TestKeys.CLIENT.certificate().getPublicKey()),
            0,
            1,
            List.of(key.substring(100, 120), "jwt=")));
    add(
        "sigv4",
        "{type: sigv4, credentials: static, region: eu-west-1, accessKeyId: AKIDEXAMPLE,"
            + " secretAccessKey: '${env:S}'}",
        Map.of("S", VALUE),
        () -> SignatureLocks.sigV4("AKIDEXAMPLE", VALUE, "eu-west-1"),
        0,
        1);
    add(
        "tc3",
        "{type: tc3, secretId: AKIDEXAMPLE, secretKey: '${env:S}', service: drm}",
        Map.of("S", VALUE),
        () -> SignatureLocks.tc3("AKIDEXAMPLE", VALUE, "drm"),
        0,
        1);
  }

  private void add(
      String name,
      String auth,
      Map<String, String> secrets,
      Supplier<Lock> lock,
      int challenged,
      int refusedCalls,
      String... hidden) {
    Map<String, String> wrong = new HashMap<>();
    secrets.forEach((reference, secret) -> wrong.put(reference, "x" + secret));
    all.add(
        new Proof(
            name,
            "auth: " + auth,
            secrets,
            wrong,
            lock,
            challenged,
            refusedCalls,
            List.of(hidden)));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
