package io.keymux.cpix.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A password as the characters that key files want, overwritten on close. */
final class Password implements AutoCloseable {
  private final char @Nullable [] characters;

  Password(@Nullable SecretBytes password) {
    characters = password == null ? null : decoded(password);
  }

  /**
   * The characters themselves, not a copy.
   *
   * @param name of the file that is encrypted
   * @throws CredentialException with code {@code credential-password-missing}
   */
  char[] required(String name) {
    if (characters == null) {
      throw CredentialException.passwordMissing(name);
    }
    return characters;
  }

  boolean isAbsent() {
    return characters == null;
  }

  private static char[] decoded(SecretBytes password) {
    byte[] bytes = password.reveal();
    CharBuffer buffer = UTF_8.decode(ByteBuffer.wrap(bytes));
    char[] exact = Arrays.copyOf(buffer.array(), buffer.remaining());
    Arrays.fill(buffer.array(), '\0');
    Arrays.fill(bytes, (byte) 0);
    return exact;
  }

  @Override
  public void close() {
    if (characters != null) {
      Arrays.fill(characters, '\0');
    }
  }
}
