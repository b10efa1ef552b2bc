package io.keymux.cpix.document;

import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.protection.ProtectionPolicy;
import io.keymux.cpix.signature.SignatureRequirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which documents are read, and by whom.
 *
 * @param credentials of recipients whose keys may be decrypted; empty if keys have to be in the
 *     clear
 * @param protection what is asked of certificates and of encrypted keys
 * @param signatures what is asked of signatures; null refuses every signed document, since nobody
 *     would have looked at its signatures
 */
public record ReadingPolicy(
    List<Credential> credentials,
    ProtectionPolicy protection,
    @Nullable SignatureRequirements signatures) {

  /** Keys in the clear, no signature. */
  public static final ReadingPolicy PLAIN =
      new ReadingPolicy(List.of(), ProtectionPolicy.CPIX, null);

  public ReadingPolicy {
    credentials = List.copyOf(credentials);
  }

  /** Also reads what is encrypted for the owner of {@code credential}. */
  public ReadingPolicy decryptingWith(Credential credential, ProtectionPolicy policy) {
    return new ReadingPolicy(List.of(credential), policy, signatures);
  }

  /** Also reads signed documents whose signatures are as {@code requirements} has them. */
  public ReadingPolicy verifying(SignatureRequirements requirements) {
    return new ReadingPolicy(credentials, protection, requirements);
  }
}
