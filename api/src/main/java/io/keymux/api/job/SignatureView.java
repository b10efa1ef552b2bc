package io.keymux.api.job;

import io.keymux.cpix.signature.CheckedSignature;
import io.keymux.cpix.signature.SignatureFinding;
import io.keymux.cpix.signature.SignedPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one signature.
 *
 * @param place its XPath
 * @param part the element that it covers, {@code ContentKeyList} for example; null if it covers
 *     nothing that is read
 * @param signer the subject of its certificate, which anyone can choose; null if it has none
 * @param valid whether the part is unchanged since it was signed
 * @param trusted whether the signer leads to a certificate that the caller trusts
 * @param findings why it is not valid, or not trusted
 */
public record SignatureView(
    String place,
    @Nullable String part,
    @Nullable String signer,
    boolean valid,
    boolean trusted,
    List<String> findings) {

  public static SignatureView of(CheckedSignature signature) {
    SignedPart part = signature.part();
    return new SignatureView(
        signature.place(),
        part == null ? null : part.elementName(),
        signature.signer() == null ? null : signature.signer().getSubjectX500Principal().getName(),
        signature.valid(),
        signature.trusted(),
        signature.findings().stream().map(SignatureFinding::text).toList());
  }

  /** One line for people. */
  public String describe() {
    return "%s of %s by %s: %s%s"
        .formatted(
            place,
            part == null ? "nothing that is read" : part,
            signer == null ? "nobody" : signer,
            valid ? (trusted ? "valid, trusted" : "valid, not trusted") : "invalid",
            findings.isEmpty() ? "" : ". " + String.join(" ", findings));
  }
}
