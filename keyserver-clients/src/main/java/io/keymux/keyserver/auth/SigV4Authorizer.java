package io.keymux.keyserver.auth;

import io.keymux.cpix.DrmException;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyServerCall;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs calls to a key server behind Amazon API Gateway. In a chain it is the last, since it signs
 * the URL and all headers.
 *
 * @see "AWS Signature Version 4, Create a signed AWS API request"
 */
public final class SigV4Authorizer implements CallAuthorizer {
  private static final String API_GATEWAY = "execute-api";

  /** Of a public API, or a private one by its VPC endpoint. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-z0-9-]+\\.)?execute-api\\.([a-z0-9-]+)\\.(?:vpce\\.)?amazonaws\\.com(?:\\.cn)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SENT = Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/, ]+)/.*");

  private final AwsCredentialsProvider credentials;
  private final String service;
  private final @Nullable String region;
  private final Clock clock;

  SigV4Authorizer(
      AwsCredentialsProvider credentials, String service, @Nullable String region, Clock clock) {
    this.credentials = credentials;
    this.service = service;
    this.region = region;
    this.clock = clock;
  }

  /**
   * For API Gateway.
   *
   * @param region null to take it from a host as {@code abc.execute-api.eu-west-1.amazonaws.com}
   */
  public static CallAuthorizer of(AwsCredentialsProvider credentials, @Nullable String region) {
    return of(credentials, API_GATEWAY, region);
  }

  /**
   * @param service what the credential's scope says, as {@code execute-api} or {@code lambda}
   * @param region null to take it from the host, if that is one of API Gateway
   */
  public static CallAuthorizer of(
      AwsCredentialsProvider credentials, String service, @Nullable String region) {
    return new SigV4Authorizer(credentials, service, region, Clock.systemUTC());
  }

  /**
   * @throws DrmException with code {@code key-server-credentials-invalid} if the region is neither
   *     given nor in the host, or there are no credentials
   */
  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender)
      throws InterruptedException {
    SigV4 signature = new SigV4(region(call), service, clock.instant());
    return signature.sign(call, credentials.get(sender));
  }

  @Override
  public boolean renew(KeyServerCall refused, HttpAnswer answer) {
    String header = refused.header("Authorization");
    Matcher sent = SENT.matcher(header == null ? "" : header);
    return sent.matches() && credentials.drop(sent.group(1));
  }

  private String region(KeyServerCall call) {
    if (region != null) {
      return region;
    }
    Matcher host = HOST.matcher(call.host());
    if (!host.matches()) {
      throw UnusableCredentials.because(
          "The AWS region of key server " + call.host() + " is not known.",
          "State the region, as its host name does not tell it.");
    }
    return host.group(1);
  }

  @Override
  public String toString() {
    return "SigV4Authorizer[" + service + "]";
  }
}
