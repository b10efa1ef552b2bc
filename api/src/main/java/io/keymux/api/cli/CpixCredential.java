package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.document.ReadingPolicy;
import io.keymux.cpix.protection.ProtectionPolicy;

/** The credential that the document of {@code --cpix} is encrypted for. */
final class CpixCredential {
  static final CommandOption PRIVATE_KEY =
      CommandOption.one(
          "--cpix-private-key",
          "FILE",
          "Private key that its keys are encrypted for: PKCS#12, PKCS#8 or PKCS#1.");
  static final CommandOption CERTIFICATE =
      CommandOption.one(
          "--cpix-certificate",
          "FILE",
          "Its certificate, where --cpix-private-key does not hold it.");
  static final CommandOption PASSWORD_FILE =
      CommandOption.one(
          "--cpix-password-file",
          "FILE",
          "Holds the password of --cpix-private-key on its first line.");

  private static final CredentialOptions NAMES =
      new CredentialOptions(PRIVATE_KEY, CERTIFICATE, PASSWORD_FILE);

  private CpixCredential() {}

  /** How the document is read. */
  static ReadingPolicy policy(Arguments given, Console console) {
    Credential credential = NAMES.optional(given, console);
    return credential == null
        ? ReadingPolicy.PLAIN
        : ReadingPolicy.PLAIN.decryptingWith(credential, ProtectionPolicy.SPEKE);
  }

  /**
   * @throws UsageException if a credential is given although there is no document
   */
  static void requireNone(Arguments given) {
    if (given.has(PRIVATE_KEY) || given.has(CERTIFICATE) || given.has(PASSWORD_FILE)) {
      throw new UsageException("--cpix-private-key needs --cpix.", "Name the document.");
    }
  }
}
