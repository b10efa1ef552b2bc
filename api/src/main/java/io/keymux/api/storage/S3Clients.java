package io.keymux.api.storage;

import io.keymux.api.config.S3Account;
import io.keymux.api.config.S3Credentials;
import io.keymux.api.secret.SecretText;
import io.keymux.cpix.SecretBytes;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Makes clients of the SDK. */
final class S3Clients {
  private static final int ATTEMPTS = 4;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(30);

  private S3Clients() {}

  static S3Client of(S3Account account) {
    return client(
        account.endpoint(),
        account.region(),
        account.pathStyle(),
        provider(account.credentials(), account.region()));
  }

  static S3Client of(StorageCredentials given) {
    return client(null, given.region(), false, fixed(given));
  }

  /**
   * @param account how to reach the bucket; its own credentials are not used
   */
  static S3Client of(StorageCredentials given, S3Account account) {
    return client(account.endpoint(), given.region(), account.pathStyle(), fixed(given));
  }

  private static S3Client client(
      @Nullable URI endpoint,
      @Nullable String region,
      boolean pathStyle,
      AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials)
            .forcePathStyle(pathStyle)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ))
            .overrideConfiguration(
                settings ->
                    settings.retryStrategy(
                        StandardRetryStrategy.builder()
                            .maxAttempts(ATTEMPTS)
                            .retryOnException(S3Failures::isConflict)
                            .build()))
            // Storage of other makers refuses the checksums that AWS has since 2025.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (region != null || endpoint != null) {
      builder.region(Region.of(region == null ? "us-east-1" : region));
    }
    return builder.build();
  }

  private static AwsCredentialsProvider provider(
      S3Credentials credentials, @Nullable String region) {
    if (credentials instanceof S3Credentials.Static known) {
      return fixed(known.accessKeyId(), known.secret(), known.sessionToken());
    }
    if (credentials instanceof S3Credentials.AssumeRole role) {
      return assumed(role, region);
    }
    return credentials instanceof S3Credentials.Anonymous
        ? AnonymousCredentialsProvider.create()
        : DefaultCredentialsProvider.builder().build();
  }

  private static AwsCredentialsProvider assumed(
      S3Credentials.AssumeRole role, @Nullable String region) {
    StsClient sts =
        StsClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT))
            .applyMutation(
                builder -> {
                  if (region != null) {
                    builder.region(Region.of(region));
                  }
                })
            .build();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(
            request ->
                request
                    .roleArn(role.roleArn())
                    .roleSessionName(role.sessionName())
                    .externalId(role.externalId()))
        .build();
  }

  private static AwsCredentialsProvider fixed(StorageCredentials given) {
    return fixed(given.accessKeyId(), given.secret(), null);
  }

  private static AwsCredentialsProvider fixed(
      String accessKeyId, SecretBytes secret, @Nullable SecretBytes token) {
    String key = SecretText.utf8(secret);
    return StaticCredentialsProvider.create(
        token == null
            ? AwsBasicCredentials.create(accessKeyId, key)
            : AwsSessionCredentials.create(accessKeyId, key, SecretText.utf8(token)));
  }
}
