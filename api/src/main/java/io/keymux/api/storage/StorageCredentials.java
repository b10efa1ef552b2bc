package io.keymux.api.storage;

import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Credentials for a bucket that came with one request. It prints without the secrets.
 *
 * @param accessKeyId who asks
 * @param secret the secret access key
 * @param sessionToken of temporary credentials, or null
 * @param region of the bucket, or null for that of the endpoint
 * @param endpoint as {@code https://cos.ap-singapore.myqcloud.com}, or null for that of the account
 *     that the bucket belongs to, else of AWS
 */
public record StorageCredentials(
    String accessKeyId,
    SecretBytes secret,
    @Nullable SecretBytes sessionToken,
    @Nullable String region,
    @Nullable String endpoint) {}
