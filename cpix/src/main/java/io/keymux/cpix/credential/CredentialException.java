package io.keymux.cpix.credential;

import io.keymux.cpix.DrmException;

/**
 * A certificate or a private key that cannot be used. It names the file, never what is in it, and
 * carries no cause: the words of a parser may quote the file.
 */
public final class CredentialException extends DrmException {

  private CredentialException(Blame blame, String code, String problem, String remedy) {
    super(blame, code, problem, remedy);
  }

  static CredentialException noCertificate(String name) {
    return new CredentialException(
        Blame.CALLER,
        "certificate-unreadable",
        name + " holds no X.509 certificate that can be read.",
        "Give a certificate in PEM or DER.");
  }

  static CredentialException noPrivateKey(String name) {
    return new CredentialException(
        Blame.CALLER,
        "private-key-unreadable",
        name + " holds no private key that can be read.",
        "Give an RSA key in PKCS#8 or PKCS#1, or a PKCS#12 file.");
  }

  static CredentialException passwordMissing(String name) {
    return new CredentialException(
        Blame.CALLER,
        "credential-password-missing",
        name + " is encrypted and no password was given.",
        "Give its password.");
  }

  static CredentialException passwordWrong(String name) {
    return new CredentialException(
        Blame.CALLER,
        "credential-password-wrong",
        name + " cannot be decrypted: the password is wrong or the file is damaged.",
        "Give the right password.");
  }

  static CredentialException unusable(String name, String problem) {
    return new CredentialException(
        Blame.CALLER,
        "credential-unusable",
        name + " " + problem + ".",
        "Give one private key and its certificate.");
  }

  static CredentialException notRsa(String name) {
    return new CredentialException(
        Blame.UNSUPPORTED,
        "credential-not-rsa",
        name + " has a key that is not RSA.",
        "Use an RSA key: CPIX knows no other.");
  }
}
