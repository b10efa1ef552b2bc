package io.keymux.cpix.protection;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.credential.CertificateFacts;
import io.keymux.cpix.xml.SafeXml;
import org.w3c.dom.Element;

/**
 * Keys that cannot be decrypted or encrypted, or that may not be trusted.
 *
 * <p>Whatever goes wrong inside a cipher ends in one message without a cause: finer ones would tell
 * an attacker how far a forgery came.
 */
public final class ProtectionException extends DrmException {

  private ProtectionException(Blame blame, String code, String problem, String remedy) {
    super(blame, code, problem, remedy);
  }

  private static ProtectionException caller(String code, String problem, String remedy) {
    return new ProtectionException(Blame.CALLER, code, problem, remedy);
  }

  static ProtectionException decryptionFailed(Element place) {
    return caller(
        "cpix-key-decryption-failed",
        SafeXml.path(place) + ": the value cannot be decrypted.",
        "Check that it was encrypted for this certificate, and get the document anew.");
  }

  static ProtectionException macInvalid(Element place) {
    return caller(
        "cpix-mac-invalid",
        SafeXml.path(place) + ": the MAC is not the one of the encrypted value.",
        "Get the document anew: it was damaged or changed.");
  }

  static ProtectionException macMissing(Element place, String problem) {
    return caller(
        "cpix-mac-missing",
        SafeXml.path(place) + ": " + problem + ".",
        "Ask for a document with MACs: without them a change goes unseen.");
  }

  static ProtectionException clearBesideEncrypted(Element place) {
    return caller(
        "cpix-clear-key-beside-encrypted",
        SafeXml.path(place)
            + ": the content key is in the clear, but the document names recipients.",
        "Remove DeliveryDataList if the keys are meant to be in the clear.");
  }

  static ProtectionException severalValues(Element place) {
    return caller(
        "cpix-several-values",
        SafeXml.path(place) + ": the element gives its value in several forms.",
        "Leave one.");
  }

  static ProtectionException withoutValue(Element place, String needed) {
    return caller(
        "cpix-secret-without-value",
        SafeXml.path(place) + ": the element has no " + needed + ".",
        "Add the value.");
  }

  static ProtectionException unsupported(Element place, String what) {
    return new ProtectionException(
        Blame.UNSUPPORTED,
        "cpix-algorithm-unsupported",
        SafeXml.path(place) + ": " + what + ".",
        "Use the algorithms that CPIX names: AES-256-CBC, RSA-OAEP with SHA-1, HMAC-SHA512.");
  }

  static ProtectionException recipientNotFound(Element root) {
    return caller(
        "cpix-recipient-not-found",
        SafeXml.path(root) + ": no DeliveryData is for a certificate at hand.",
        "Give the private key and certificate that the keys are encrypted for.");
  }

  static ProtectionException notForRecipient(Element place, KeyId keyId) {
    return caller(
        "cpix-recipient-not-found",
        SafeXml.path(place) + ": no DocumentKey of the recipient is for KID " + keyId + ".",
        "Give the private key and certificate of a recipient of this key.");
  }

  static ProtectionException duplicateRecipient(Element place) {
    return caller(
        "cpix-duplicate-recipient",
        SafeXml.path(place) + ": an earlier DeliveryData is for the same certificate.",
        "Leave one.");
  }

  static ProtectionException documentKeyMissing(Element place) {
    return caller(
        "cpix-document-key-missing",
        SafeXml.path(place) + ": the recipient has no DocumentKey.",
        "Use the key server's answer, not the request.");
  }

  static ProtectionException duplicateDocumentKey(Element place, KeyId keyId) {
    return caller(
        "cpix-duplicate-document-key",
        SafeXml.path(place) + ": an earlier DocumentKey is for KID " + keyId + " already.",
        "Let one DocumentKey of each recipient name the KID.");
  }

  static ProtectionException weak(CertificateFacts facts, String problem) {
    return caller(
        "cpix-weak-certificate",
        "The certificate of " + facts.subject() + " " + problem + ".",
        "Use a stronger certificate, or a policy that accepts this one.");
  }

  static ProtectionException alreadyEncrypted(Element place) {
    return caller(
        "cpix-already-encrypted",
        SafeXml.path(place) + ": the document is encrypted already.",
        "Decrypt it first, then encrypt it for all recipients.");
  }

  static ProtectionException noRecipient(Element root) {
    return caller(
        "cpix-no-recipient",
        SafeXml.path(root) + ": there is no certificate to encrypt for.",
        "Name a recipient.");
  }

  static ProtectionException nothingToEncrypt(Element root) {
    return caller(
        "cpix-nothing-to-encrypt",
        SafeXml.path(root) + ": no ContentKey has a value.",
        "Fill in the keys first.");
  }

  static ProtectionException wrongSize(Element place, int bytes) {
    return caller(
        "cpix-wrong-size",
        SafeXml.path(place) + ": the value has %d bytes, not 16 or 32.".formatted(bytes),
        "Ask whoever made the key for an AES key.");
  }

  static ProtectionException keySetsUnsupported(Element root) {
    return new ProtectionException(
        Blame.UNSUPPORTED,
        "cpix-key-sets-unsupported",
        SafeXml.path(root) + ": CPIX before 2.4 has one document key for all content keys.",
        "Write version 2.4, or use one document key.");
  }

  static ProtectionException unknownKey(Element root, KeyId keyId) {
    return caller(
        "cpix-unknown-kid",
        SafeXml.path(root) + ": no ContentKey with a value has KID " + keyId + ".",
        "Correct the KID.");
  }
}
