package io.keymux.api.problem;

/**
 * One wrong place in a request.
 *
 * @param pointer a JSON pointer into the request's body (RFC 6901); empty for the whole body
 * @param code stable and kebab-case
 * @param detail what is wrong, with the value
 */
public record FieldError(String pointer, String code, String detail) {}
