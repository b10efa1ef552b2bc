package io.keymux.api.storage;

import io.keymux.cpix.SecretBytes;

/**
 * Credentials for a bucket that came with one request. They are used at the endpoint of the account
 * that the bucket belongs to, else at AWS. It prints without the secrets.
 *
 * @param accessKeyId who asks
 * @param secret the secret access key
 * @param region of the bucket
 */
public record StorageCredentials(String accessKeyId, SecretBytes secret, String region) {}
