package io.keymux.cpix.signature;

import io.keymux.cpix.signature.SignatureFinding.Kind;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether certificates lead to a trust anchor: the signer's is one, or a chain of certificates in
 * the signature ends at one that is an authority. Revocation is not asked for, since that would be
 * a request to a place that a stranger names.
 *
 * @see "RFC 5280, 6 Certification Path Validation"
 */
final class TrustDecision {
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;

  private final TrustAnchors anchors;
  private final Instant now;

  TrustDecision(TrustAnchors anchors, Instant now) {
    this.anchors = anchors;
    this.now = now;
  }

  /** Why the signer is not trusted, or null if it is. */
  @Nullable SignatureFinding doubt(EmbeddedCertificates certificates) {
    X509Certificate signer = certificates.signer();
    String name = "The certificate of \"" + signer.getSubjectX500Principal() + "\"";
    if (now.isBefore(signer.getNotBefore().toInstant())
        || now.isAfter(signer.getNotAfter().toInstant())) {
      return new SignatureFinding(
          Kind.EXPIRED,
          "%s is valid from %s to %s only."
              .formatted(
                  name, signer.getNotBefore().toInstant(), signer.getNotAfter().toInstant()));
    }
    if (isWeak(signer)) {
      return unsuitable(name + " is signed with " + signer.getSigAlgName() + ".");
    }
    boolean[] usage = signer.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
      return unsuitable(name + " has a key usage without signatures.");
    }
    if (anchors.certificates().contains(signer) || chains(certificates)) {
      return null;
    }
    return new SignatureFinding(
        Kind.UNTRUSTED,
        "%s is neither one of the %d trust anchors nor issued by one."
            .formatted(name, anchors.certificates().size()));
  }

  private static SignatureFinding unsuitable(String text) {
    return new SignatureFinding(Kind.UNSUITABLE_CERTIFICATE, text);
  }

  private boolean chains(EmbeddedCertificates certificates) {
    Set<TrustAnchor> authorities =
        anchors.certificates().stream()
            .filter(anchor -> anchor.getBasicConstraints() >= 0)
            .map(anchor -> new TrustAnchor(anchor, null))
            .collect(Collectors.toSet());
    if (authorities.isEmpty()) {
      return false;
    }
    X509CertSelector wanted = new X509CertSelector();
    wanted.setCertificate(certificates.signer());
    List<X509Certificate> all = new ArrayList<>(certificates.issuers());
    all.add(certificates.signer());
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(authorities, wanted);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
      CertPath path = CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath();
      return path.getCertificates().stream().noneMatch(TrustDecision::isWeak);
    } catch (CertPathBuilderException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime cannot build certificate paths", e);
    }
  }

  /** Signed with a digest for which certificates can be forged. */
  private static boolean isWeak(Certificate certificate) {
    String algorithm = ((X509Certificate) certificate).getSigAlgName().toUpperCase(Locale.ROOT);
    return algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
  }
}
