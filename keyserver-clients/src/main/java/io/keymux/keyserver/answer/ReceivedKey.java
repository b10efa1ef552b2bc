package io.keymux.keyserver.answer;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * One key as a key server gave it: nothing about it is checked yet.
 *
 * @param trackType in the server's words
 * @param keyId the KID, big-endian, of any length
 * @param value of any length
 * @param iv of any length; null if it gave none
 */
public record ReceivedKey(String trackType, Bytes keyId, SecretBytes value, @Nullable Bytes iv) {}
