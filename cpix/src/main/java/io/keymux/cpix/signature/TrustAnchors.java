package io.keymux.cpix.signature;

import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * The certificates that a caller trusts to sign: signers themselves, or authorities that issue
 * signers' certificates. Only certificates with the CA flag count as authorities.
 */
public record TrustAnchors(Set<X509Certificate> certificates) {
  /** Nobody: signatures are then valid or not, but never trusted. */
  public static final TrustAnchors NONE = new TrustAnchors(Set.of());

  public TrustAnchors {
    certificates = Set.copyOf(certificates);
  }

  public static TrustAnchors of(X509Certificate... certificates) {
    return new TrustAnchors(Set.of(certificates));
  }
}
