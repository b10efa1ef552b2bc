package io.keymux.keyserver.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.keyserver.http.CallAuthorizer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that may be printed by accident prints a secret. */
class SilentAuthorizersTest {
  private static final String SECRET = "canary-secret/0123456789+abcdef==";
  private static final URI URL = URI.create("https://login.example/" + SECRET + "?t=" + SECRET);
  private static final AwsCredentials AWS =
      new AwsCredentials(SECRET, Secrets.of(SECRET), SECRET, Instant.EPOCH);

  static Stream<Object> printed() {
    AwsCredentialsProvider assumed =
        AssumeRole.of(
            AwsCredentialsProvider.of(AWS),
            AwsRole.of("arn:aws:iam::123456789012:role/keys", "eu-west-1"));
    return Stream.of(
        HeaderAuthorizer.of("X-Api-Key", SECRET),
        HeaderAuthorizer.basic("user", SECRET),
        HeaderAuthorizer.bearer(SECRET),
        QueryToken.of("token", SECRET),
        PathToken.of(SECRET),
        PreTicketedUrl.of(),
        DigestAuthorizer.of("user", Secrets.of(SECRET)),
        new DigestChallenge(
            DigestAlgorithm.MD5, "", SECRET, SECRET, SECRET, false, SECRET, new AtomicInteger()),
        OAuthClientCredentials.of(
            URL,
            "id",
            Secrets.of(SECRET),
            SECRET,
            OAuthClientCredentials.Style.FORM,
            Map.of("k", SECRET)),
        new BearerToken(SECRET, Instant.EPOCH),
        UrlJwt.signedWith(Secrets.of(SECRET)).issuer(SECRET).build(),
        CasTickets.of(
            URL,
            "user",
            Secrets.of(SECRET),
            TicketPolicy.reusable(Duration.ofSeconds(1)),
            CasTickets.Placement.QUERY),
        new CasProtocol(URL, "user", Secrets.of(SECRET)),
        new CasProtocol.Minted(200, SECRET),
        new CasLogin(URL),
        new CasTicket(SECRET, new CasLogin(URL), Instant.EPOCH),
        AWS,
        assumed,
        EnvironmentCredentials.of(Map.of("AWS_SECRET_ACCESS_KEY", SECRET)),
        SigV4Authorizer.of(assumed, null),
        HeaderAuthorizer.bearer(SECRET).then(QueryToken.of("t", SECRET)));
  }

  @ParameterizedTest
  @MethodSource("printed")
  void toString_secret_isNotInIt(Object object) {
    assertThat(object.toString()).hasSizeBetween(5, 100);
    Secrets.assertNone(object.toString(), SECRET);
  }

  @ParameterizedTest
  @MethodSource("printed")
  void toString_everyAuthorizer_isItsOwn(Object object) {
    if (object instanceof CallAuthorizer) {
      assertThat(object.toString()).matches("[A-Za-z0-9]+(\\[[^@]*])?");
    }
    assertThat(List.of("" + object)).noneMatch(text -> text.contains("@"));
  }
}
