package io.keymux.cpix.signature;

import io.keymux.cpix.DrmException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A document whose signatures are not what the caller requires. */
public final class SignatureRefusedException extends DrmException {
  private final @Nullable SignedPart part;

  private SignatureRefusedException(
      @Nullable SignedPart part, String code, String problem, String remedy) {
    super(Blame.CALLER, code, problem, remedy);
    this.part = part;
  }

  /** The part that should be signed; null if a signature names nothing that is read. */
  public @Nullable SignedPart part() {
    return part;
  }

  static SignatureRefusedException required(SignedPart part, SignatureReport report) {
    String place = report.places().get(part);
    String root = report.places().get(SignedPart.DOCUMENT);
    String problem =
        place == null
            ? "%s has no %s, and no signature of the document says so."
                .formatted(root, part.elementName())
            : "%s is not signed, but %s must be.".formatted(place, part);
    // A signature that was meant for it, but counts for nothing, is the likely reason.
    List<CheckedSignature> astray =
        report.signatures().stream().filter(signature -> signature.part() == null).toList();
    if (!astray.isEmpty()) {
      problem += " " + astray.get(0).place() + " does not count: " + texts(astray.get(0));
    }
    return new SignatureRefusedException(
        part,
        "cpix-signature-required",
        problem,
        "Ask the sender to sign it, or do not require it.");
  }

  static SignatureRefusedException invalid(@Nullable SignedPart part, CheckedSignature signature) {
    return new SignatureRefusedException(
        part,
        "cpix-signature-invalid",
        "The signature at %s on %s is not valid: %s"
            .formatted(signature.place(), name(signature), texts(signature)),
        "Get the document anew and do not change it; a part that was changed on purpose has to be"
            + " signed anew.");
  }

  static SignatureRefusedException untrusted(SignedPart part, CheckedSignature signature) {
    return new SignatureRefusedException(
        part,
        "cpix-signature-untrusted",
        "The signature at %s on %s is valid, but not trusted: %s"
            .formatted(signature.place(), name(signature), texts(signature)),
        "Compare the certificate with the sender's, and add it or its issuer to the trust anchors.");
  }

  private static String name(CheckedSignature signature) {
    SignedPart part = signature.part();
    return part == null ? "an unknown part" : part.toString();
  }

  private static String texts(CheckedSignature signature) {
    return signature.findings().stream()
        .map(SignatureFinding::text)
        .collect(Collectors.joining(" "));
  }
}
