package io.keymux.keyserver.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens in the URL change nothing but their own place. */
class UriTokensTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://k.example/a | https://k.example/a?enc-token=T",
        "https://k.example | https://k.example?enc-token=T",
        "https://k.example/a? | https://k.example/a?enc-token=T",
        "https://k.example/a?x=1 | https://k.example/a?x=1&enc-token=T",
        "https://k.example/a?x=a+b%2fc&y | https://k.example/a?x=a+b%2fc&y&enc-token=T",
        "https://k.example/a?enc-token=old&x=1 | https://k.example/a?enc-token=T&x=1",
        "https://k.example/a?enc%2Dtoken=old&x=1 | https://k.example/a?enc-token=T&x=1",
        "https://k.example/a?enc-token | https://k.example/a?enc-token=T",
        "https://k.example/?enc-token=1&b&enc-token=2 | https://k.example/?enc-token=T&b",
        "https://k.example:8443/a%2Fb?x=#part | https://k.example:8443/a%2Fb?x=&enc-token=T",
        "http://[::1]:8080/a | http://[::1]:8080/a?enc-token=T",
      })
  void queryToken_url_changesOnlyItsParameter(String before, String after) throws Exception {
    assertThat(uri(QueryToken.of("enc-token", "T"), before)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a+b/c== | a%2Bb%2Fc%3D%3D",
        "a b&c=d#e?f%20 | a%20b%26c%3Dd%23e%3Ff%2520",
        "ü€ | %C3%BC%E2%82%AC",
        "AZaz09-._~ | AZaz09-._~",
        "!$'()*,;:@ | %21%24%27%28%29%2A%2C%3B%3A%40",
      })
  void queryToken_anyCharacters_areEncodedAndComeBack(String token, String encoded)
      throws Exception {
    String url = uri(QueryToken.of("t", token), "https://k.example/a");
    assertThat(url).isEqualTo("https://k.example/a?t=" + encoded);
    assertThat(UriParts.parameter(URI.create(url), "t")).isEqualTo(token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://k.example/getKey/%7Btoken%7D | https://k.example/getKey/a+b%2Fc==",
        "https://k.example/%7btoken%7d/dash/movie | https://k.example/a+b%2Fc==/dash/movie",
        "https://k.example/getKey?x=1 | https://k.example/getKey/a+b%2Fc==?x=1",
        "https://k.example/getKey/ | https://k.example/getKey/a+b%2Fc==",
        "https://k.example | https://k.example/a+b%2Fc==",
        "https://k.example/x%7Btoken%7D/a%2Fb | https://k.example/x%7Btoken%7D/a%2Fb/a+b%2Fc==",
        "https://k.example/v2/a+b%2Fc==/key | https://k.example/v2/a+b%2Fc==/key",
      })
  void pathToken_url_changesOnlyItsSegment(String before, String after) throws Exception {
    assertThat(uri(PathToken.of("a+b/c=="), before)).isEqualTo(after);
  }

  @Test
  void pathToken_dollarAndBackslash_areNoReferencesToGroups() throws Exception {
    assertThat(uri(PathToken.of("$1\\0"), "https://k.example/%7Btoken%7D"))
        .isEqualTo("https://k.example/$1%5C0");
  }

  @Test
  void preTicketedUrl_refusal_isExpiryAndNothingIsRenewed() throws Exception {
    CallAuthorizer authorizer = PreTicketedUrl.of();
    KeyServerCall call = KeyServerCall.get(URI.create("https://k.example/a?ticket=ST-1"));

    assertThat(authorizer.authorize(call, new ScriptedSender())).isSameAs(call);
    assertThat(authorizer.renew(call, ScriptedSender.refusal(401))).isFalse();
    Throwable refusal =
        catchThrowable(
            () -> {
              throw authorizer.refusal("k.example", 403);
            });
    assertThat(refusal)
        .isInstanceOfSatisfying(
            KeyExchangeException.class,
            e -> {
              assertThat(e.code()).isEqualTo("key-ticket-expired");
              assertThat(e.retryable()).isFalse();
            });
    Secrets.assertNone(refusal, "ST-1");
  }

  private static String uri(CallAuthorizer authorizer, String before) throws Exception {
    KeyServerCall call = KeyServerCall.get(URI.create(before));
    return authorizer.authorize(call, new ScriptedSender()).uri().toString();
  }
}
