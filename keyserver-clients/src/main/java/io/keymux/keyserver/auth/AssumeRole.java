package io.keymux.keyserver.auth;

import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Temporary credentials of a role. They serve all threads until 5 minutes before they expire, or
 * until they are refused.
 *
 * @see "AWS Security Token Service API Reference, AssumeRole"
 */
public final class AssumeRole implements AwsCredentialsProvider {
  private static final String SERVICE = "sts";
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final AwsCredentialsProvider source;
  private final AwsRole role;
  private final URI endpoint;
  private final Clock clock;
  private final SharedValue<AwsCredentials> assumed;

  AssumeRole(AwsCredentialsProvider source, AwsRole role, URI endpoint, Clock clock) {
    this.source = source;
    this.role = role;
    this.endpoint = endpoint;
    this.clock = clock;
    this.assumed =
        new SharedValue<>(
            known -> {
              Instant expiry = known.expiry();
              return expiry == null || clock.instant().isBefore(expiry.minus(MARGIN));
            });
  }

  /**
   * At the endpoint of the role's region.
   *
   * @param source whose credentials may assume the role
   */
  public static AwsCredentialsProvider of(AwsCredentialsProvider source, AwsRole role) {
    return of(source, role, role.endpoint());
  }

  /**
   * @param endpoint of another STS, as that of a VPC
   * @throws io.keymux.cpix.DrmException with code {@code invalid-key-server-url}
   */
  public static AwsCredentialsProvider of(
      AwsCredentialsProvider source, AwsRole role, URI endpoint) {
    return new AssumeRole(source, role, KeyServerUrl.of(endpoint).uri(), Clock.systemUTC());
  }

  @Override
  public AwsCredentials get(CallSender sender) throws InterruptedException {
    return assumed.get(endpoint.getHost(), sender, () -> assume(sender));
  }

  @Override
  public boolean drop(String accessKeyId) {
    AwsCredentials known = assumed.current();
    if (known != null && known.accessKeyId().equals(accessKeyId)) {
      assumed.drop(known);
    }
    return true;
  }

  private AwsCredentials assume(CallSender sender) throws InterruptedException {
    KeyServerCall call = role.form().postTo(endpoint);
    SigV4 signature = new SigV4(role.region(), SERVICE, clock.instant());
    try (HttpAnswer answer = sender.send(signature.sign(call, source.get(sender)))) {
      if (answer.status() != 200) {
        throw KeyExchangeException.loginFailed(
            endpoint.getHost(), "to assume the role", answer.status());
      }
      return AssumeRoleAnswer.read(endpoint.getHost(), answer.body());
    }
  }

  @Override
  public String toString() {
    return "AssumeRole[" + role.region() + "]";
  }
}
