package io.keymux.api.store;

/**
 * What makes two submissions of a tenant the same.
 *
 * @param key the client's {@code Idempotency-Key}
 * @param bodyHash of the request's body
 */
public record Submission(String key, String bodyHash) {}
