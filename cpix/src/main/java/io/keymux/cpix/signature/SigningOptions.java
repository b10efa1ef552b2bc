package io.keymux.cpix.signature;

/**
 * How to sign. RSA with PKCS #1 v1.5 and SHA-512 is not a choice: every known reader of CPIX
 * signatures expects it.
 */
public record SigningOptions(Canonicalization canonicalization) {
  public static final SigningOptions DEFAULT = new SigningOptions(Canonicalization.C14N_1_0);
}
