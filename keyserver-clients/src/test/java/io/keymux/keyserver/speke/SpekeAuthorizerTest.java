package io.keymux.keyserver.speke;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.keymux.keyserver.speke.SpekeFailures.GOOD;
import static io.keymux.keyserver.speke.SpekeFailures.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.keyserver.auth.AssumeRole;
import io.keymux.keyserver.auth.AwsCredentials;
import io.keymux.keyserver.auth.AwsCredentialsProvider;
import io.keymux.keyserver.auth.AwsRole;
import io.keymux.keyserver.auth.CasTickets;
import io.keymux.keyserver.auth.DigestAuthorizer;
import io.keymux.keyserver.auth.HeaderAuthorizer;
import io.keymux.keyserver.auth.OAuthClientCredentials;
import io.keymux.keyserver.auth.PathToken;
import io.keymux.keyserver.auth.PreTicketedUrl;
import io.keymux.keyserver.auth.QueryToken;
import io.keymux.keyserver.auth.Secrets;
import io.keymux.keyserver.auth.SigV4Authorizer;
import io.keymux.keyserver.auth.TicketPolicy;
import io.keymux.keyserver.auth.UrlJwt;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.KeyExchangeException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to prove who is asking, in a whole exchange of SPEKE v2. */
@Timeout(60)
class SpekeAuthorizerTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  private static final String SECRET = "canary-5e0c1a/0123456789+abcdef==";
  private static final String PATH = "/speke";

  /**
   * @param proved what the key server demands of a call
   * @param calls to the key server and to those that it needs before, for one exchange
   */
  private record Case(
      String name,
      CallAuthorizer authorizer,
      UnaryOperator<MappingBuilder> proved,
      int calls,
      String refusalCode) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    TicketPolicy single = TicketPolicy.singleUse();
    TicketPolicy reusable = TicketPolicy.reusable(Duration.ofMinutes(1));
    return Stream.of(
        of("none", CallAuthorizer.none(), call -> call, 1),
        of(
            "header",
            HeaderAuthorizer.of("X-Api-Key", SECRET),
            call -> call.withHeader("X-Api-Key", matching(".*abcdef==")),
            1),
        authorization("basic", HeaderAuthorizer.basic("u", SECRET), "Basic dTpjYW5hcnkt.*", 1),
        authorization("bearer", HeaderAuthorizer.bearer(SECRET), "Bearer canary-.*", 1),
        authorization(
            "digest",
            DigestAuthorizer.of("u", Secrets.of(SECRET)),
            "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/speke\", .*response=\"\\w{64}\".*",
            2),
        authorization("oauth basic", oauth(OAuthClientCredentials.Style.BASIC), "Bearer at", 2),
        authorization("oauth form", oauth(OAuthClientCredentials.Style.FORM), "Bearer at", 2),
        of(
            "query token",
            QueryToken.of("enc-token", SECRET),
            call -> call.withQueryParam("enc-token", matching("canary-.*")),
            1),
        of("path token", PathToken.of("t"), call -> call, 1),
        of(
            "jwt",
            UrlJwt.signedWith(Secrets.of(SECRET)).build(),
            call -> call.withQueryParam("auth-token", matching("[\\w-]+\\.[\\w-]+\\.[\\w-]+")),
            1),
        ticket("cas single query", single, CasTickets.Placement.QUERY),
        ticket("cas reusable query", reusable, CasTickets.Placement.QUERY),
        ticket("cas single header", single, CasTickets.Placement.HEADER),
        ticket("cas reusable header", reusable, CasTickets.Placement.HEADER),
        new Case("pre-ticketed", PreTicketedUrl.of(), call -> call, 1, "key-ticket-expired"),
        authorization(
            "sigv4",
            SigV4Authorizer.of(keys(), "eu-west-1"),
            "AWS4-HMAC-SHA256 Credential=AKID/.*SignedHeaders=accept;content-type;host;"
                + "x-amz-date;x-speke-version, .*",
            1),
        authorization(
            "sigv4 of a role",
            SigV4Authorizer.of(
                AssumeRole.of(
                    keys(),
                    AwsRole.of("arn:aws:iam::123456789012:role/k", "eu-west-1"),
                    base("/sts")),
                "eu-west-1"),
            "AWS4-HMAC-SHA256 Credential=AKIDROLE/.*;x-amz-security-token;.*",
            2),
        authorization(
            "header, ticket and signature",
            HeaderAuthorizer.of("X-Client", "c")
                .then(cas(single, CasTickets.Placement.QUERY))
                .then(SigV4Authorizer.of(keys(), "eu-west-1")),
            "AWS4-HMAC-SHA256 .*;x-client;.*",
            3));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void exchange_proved_givesKeysAndASecondOneToo(Case proof) throws Exception {
    before();
    server.wireMock.stubFor(
        proof
            .proved()
            .apply(post(urlPathMatching(PATH + "(/t)?")))
            .willReturn(SpekeServer.ok(GOOD)));

    try (SpekeClient client = client(proof)) {
      assertThat(client.exchange(REQUEST).contentKeys()).hasSize(1);
      assertThat(server.received()).hasSize(proof.calls());
      assertThat(client.exchange(REQUEST).contentKeys()).hasSize(1);
    }
    List<Request> asked =
        server.received().stream().filter(call -> call.getUrl().startsWith(PATH)).toList();
    assertThat(asked).allSatisfy(call -> assertThat(call.getBody()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void exchange_refused_endsSoonAndSilent(Case proof) {
    before();
    server.wireMock.stubFor(
        post(urlPathMatching(PATH + "(/t)?"))
            .willReturn(aResponse().withStatus(403).withBody(SECRET)));

    try (SpekeClient client = client(proof)) {
      KeyExchangeException failure =
          catchThrowableOfType(KeyExchangeException.class, () -> client.exchange(REQUEST));

      assertThat(failure.code()).isEqualTo(proof.refusalCode());
      assertThat(failure.retryable()).isFalse();
      assertThat(failure).hasNoCause().hasMessageContaining("127.0.0.1");
      Secrets.assertNone(failure, SECRET, "ST-canary", "TGT-canary", "role-canary");
    }
    assertThat(server.received().stream().filter(call -> call.getUrl().startsWith(PATH)).count())
        .isLessThanOrEqualTo(2);
  }

  /** What stands around the key server: logins, tokens, and a challenge. */
  private static void before() {
    server.wireMock.resetAll();
    server.wireMock.stubFor(
        post(urlPathEqualTo(PATH))
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withHeader(
                        "WWW-Authenticate",
                        "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256")));
    server.wireMock.stubFor(
        post(urlEqualTo("/token"))
            .willReturn(
                okJson("{\"access_token\":\"at\",\"token_type\":\"bearer\",\"expires_in\":60}")));
    server.wireMock.stubFor(
        post(urlEqualTo("/cas"))
            .willReturn(aResponse().withStatus(201).withHeader("Location", "/cas/TGT-canary")));
    server.wireMock.stubFor(
        post(urlEqualTo("/cas/TGT-canary")).willReturn(aResponse().withBody("ST-canary")));
    server.wireMock.stubFor(
        post(urlEqualTo("/sts"))
            .willReturn(
                aResponse()
                    .withBody(
                        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                            + "<AssumeRoleResult><Credentials><AccessKeyId>AKIDROLE</AccessKeyId>"
                            + "<SecretAccessKey>role-canary</SecretAccessKey>"
                            + "<SessionToken>token</SessionToken>"
                            + "<Expiration>2126-01-01T00:00:00Z</Expiration>"
                            + "</Credentials></AssumeRoleResult></AssumeRoleResponse>")));
  }

  private static SpekeClient client(Case proof) {
    return SpekeClient.builder(SpekeVersion.V2_0, base(PATH))
        .timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10))
        .authorizer(proof.authorizer())
        .build();
  }

  private static Case of(
      String name, CallAuthorizer authorizer, UnaryOperator<MappingBuilder> proved, int calls) {
    return new Case(name, authorizer, proved, calls, "key-server-unauthorized");
  }

  private static Case authorization(
      String name, CallAuthorizer authorizer, String header, int calls) {
    return of(name, authorizer, call -> call.withHeader("Authorization", matching(header)), calls);
  }

  private static Case ticket(String name, TicketPolicy policy, CasTickets.Placement placement) {
    return of(
        name,
        cas(policy, placement),
        call ->
            placement == CasTickets.Placement.QUERY
                ? call.withQueryParam("ticket", matching("ST-canary"))
                : call.withHeader("Authorization", matching("Ticket ST-canary")),
        3);
  }

  private static CallAuthorizer cas(TicketPolicy policy, CasTickets.Placement placement) {
    return CasTickets.of(base("/cas"), "org::name", Secrets.of(SECRET), policy, placement);
  }

  private static CallAuthorizer oauth(OAuthClientCredentials.Style style) {
    return OAuthClientCredentials.of(
        base("/token"), "id", Secrets.of(SECRET), null, style, Map.of());
  }

  private static AwsCredentialsProvider keys() {
    return AwsCredentialsProvider.of(AwsCredentials.of("AKID", Secrets.of(SECRET)));
  }

  private static URI base(String path) {
    return URI.create("http://127.0.0.1:" + server.wireMock.port() + path);
  }
}
