package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.CertificateReader;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.CredentialReader;
import io.keymux.cpix.protection.ProtectionPolicy;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key with its certificate. The password comes out of a file: arguments and environment
 * can be read by others.
 */
record CredentialOptions(
    CommandOption privateKey, CommandOption certificate, CommandOption passwordFile) {
  private static final int LIMIT_BYTES = 1 << 18;

  private static final CommandOption PRIVATE_KEY =
      CommandOption.one(
          "--private-key",
          "FILE",
          "RSA private key: PKCS#12 (.p12, .pfx), PKCS#8 or PKCS#1, in PEM or DER.");
  private static final CommandOption CERTIFICATE =
      CommandOption.one(
          "--certificate", "FILE", "Its certificate, where --private-key does not hold it.");
  private static final CommandOption PASSWORD_FILE =
      CommandOption.one(
          "--password-file", "FILE", "Holds the password of --private-key on its first line.");
  static final CommandOption POLICY =
      CommandOption.one(
              "--policy",
              "POLICY",
              "cpix: RSA of 3072 bits or more; speke: 2048. Default: {default}.")
          .orElse("cpix");

  /** Those of the commands that work on one document. */
  static final CredentialOptions OF_DOCUMENT =
      new CredentialOptions(PRIVATE_KEY, CERTIFICATE, PASSWORD_FILE);

  List<CommandOption> options() {
    return List.of(privateKey, certificate, passwordFile);
  }

  /**
   * The credential, or null if no private key is given.
   *
   * @throws io.keymux.cpix.DrmException if it cannot be read
   */
  @Nullable Credential optional(Arguments given, Console console) {
    Value key = given.optional(privateKey);
    if (key == null) {
      if (given.has(certificate) || given.has(passwordFile)) {
        throw new UsageException(
            "%s and %s belong to %s."
                .formatted(certificate.name(), passwordFile.name(), privateKey.name()),
            "Give it as well.");
      }
      return null;
    }
    byte[] file = InputFile.read(key.text(), console, LIMIT_BYTES);
    SecretBytes password = password(given, console);
    Value own = given.optional(certificate);
    try {
      return own == null
          ? CredentialReader.read(key.text(), file, password)
          : CredentialReader.read(certificates(own, console).get(0), key.text(), file, password);
    } finally {
      Arrays.fill(file, (byte) 0);
      if (password != null) {
        password.wipe();
      }
    }
  }

  /** The credential of a command that cannot do without. */
  Credential required(Arguments given, Console console) {
    Credential credential = optional(given, console);
    if (credential == null) {
      throw new UsageException(
          privateKey.name() + " is missing.", "Name the file of your private key.");
    }
    return credential;
  }

  /** The certificates of one file, at least one. */
  static List<X509Certificate> certificates(Value file, Console console) {
    return CertificateReader.read(file.text(), InputFile.read(file.text(), console, LIMIT_BYTES));
  }

  /** The first certificate of each file: those behind it are its issuers. */
  static List<X509Certificate> certificates(
      Arguments given, CommandOption option, Console console) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Value file : given.values(option)) {
      certificates.add(certificates(file, console).get(0));
    }
    return certificates;
  }

  static ProtectionPolicy policy(Arguments given) {
    return Converters.oneOf(given.value(POLICY), "cpix", "speke").equals("speke")
        ? ProtectionPolicy.SPEKE
        : ProtectionPolicy.CPIX;
  }

  private @Nullable SecretBytes password(Arguments given, Console console) {
    Value file = given.optional(passwordFile);
    if (file == null) {
      return null;
    }
    byte[] content = InputFile.read(file.text(), console, LIMIT_BYTES);
    int end = 0;
    while (end < content.length && content[end] != '\n' && content[end] != '\r') {
      end++;
    }
    byte[] line = Arrays.copyOf(content, end);
    try {
      return SecretBytes.copyOf(line);
    } finally {
      Arrays.fill(content, (byte) 0);
      Arrays.fill(line, (byte) 0);
    }
  }
}
