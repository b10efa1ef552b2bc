package io.keymux.api.envelope;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * A symmetric key of AWS KMS, which never leaves it.
 *
 * @see "AWS Key Management Service API Reference, Encrypt and Decrypt"
 */
public final class AwsKmsKey implements KeyEncryptionKey {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration READ = Duration.ofSeconds(5);
  private static final String CONTEXT = "keymux";
  private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:kms:([a-z0-9-]+):.*");

  private final String keyId;
  private final KmsClient client;

  /**
   * @param keyId an ARN, an id or {@code alias/NAME}; an alias must not be pointed elsewhere
   * @param region null for that of the ARN or the environment
   * @param endpoint null for that of AWS
   * @param credentials as the environment, a profile or the machine's role
   */
  public AwsKmsKey(
      String keyId,
      @Nullable String region,
      @Nullable URI endpoint,
      AwsCredentialsProvider credentials) {
    this.keyId = keyId;
    KmsClientBuilder builder =
        KmsClient.builder()
            .credentialsProvider(credentials)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ));
    Matcher arn = ARN.matcher(keyId);
    if (region != null || arn.matches()) {
      builder.region(Region.of(region == null ? arn.group(1) : region));
    }
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    this.client = builder.build();
  }

  /**
   * With the credentials of the environment, of a profile, or of the machine's role.
   *
   * @throws EnvelopeException with code {@code encryption-service} if no region is known
   */
  public static AwsKmsKey of(String keyId, @Nullable String region, @Nullable URI endpoint) {
    try {
      return new AwsKmsKey(keyId, region, endpoint, DefaultCredentialsProvider.builder().build());
    } catch (SdkException e) {
      throw EnvelopeException.unavailable("aws-kms:" + keyId, "no region is known", e);
    }
  }

  @Override
  public String id() {
    return "aws-kms:" + keyId;
  }

  @Override
  public Bytes wrap(SecretBytes key, String context) {
    byte[] plain = key.reveal();
    try {
      return Bytes.copyOf(
          client
              .encrypt(
                  request ->
                      request
                          .keyId(keyId)
                          .plaintext(SdkBytes.fromByteArray(plain))
                          .encryptionContext(Map.of(CONTEXT, context)))
              .ciphertextBlob()
              .asByteArray());
    } catch (SdkException e) {
      throw unavailable(e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public SecretBytes unwrap(Bytes wrapped, String context) {
    byte[] plain = {};
    try {
      plain =
          client
              .decrypt(
                  request ->
                      request
                          .keyId(keyId)
                          .ciphertextBlob(SdkBytes.fromByteArray(wrapped.toArray()))
                          .encryptionContext(Map.of(CONTEXT, context)))
              .plaintext()
              .asByteArrayUnsafe();
      return SecretBytes.copyOf(plain);
    } catch (InvalidCiphertextException | IncorrectKeyException e) {
      throw EnvelopeException.undecryptable("a key under " + id(), null);
    } catch (SdkException e) {
      throw unavailable(e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Without the SDK's message, which quotes what it was given. */
  private EnvelopeException unavailable(SdkException e) {
    String why =
        e instanceof KmsException answer
            ? "KMS answers " + answer.statusCode()
            : e.getClass().getSimpleName();
    return EnvelopeException.unavailable(id(), why, null);
  }

  @Override
  public String toString() {
    return id();
  }
}
