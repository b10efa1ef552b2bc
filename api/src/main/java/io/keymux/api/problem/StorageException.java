package io.keymux.api.problem;

import io.keymux.cpix.DrmException;

/**
 * A URI that may not be used, or storage that does not answer, refuses, or answers something else.
 *
 * <p>Messages show places without user, query and fragment, which may hold credentials, and quote
 * nothing of an answer but its status.
 */
public final class StorageException extends DrmException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  private StorageException(
      Blame blame, String code, boolean retryable, String problem, String remedy) {
    super(blame, code, problem, remedy);
    this.retryable = retryable;
  }

  /** Whether the same request, unchanged, may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** The same failure, met while writing an output. */
  public StorageException ofOutput() {
    return new StorageException(Blame.OUTPUT, code(), retryable, problem(), remedy());
  }

  /** A URI of another form than this storage has. */
  public static StorageException notSupported(String problem, String remedy) {
    return caller("url-not-supported", problem, remedy);
  }

  /** A local path that the operator does not let clients name. */
  public static StorageException pathNotAllowed() {
    return caller(
        "path-not-allowed",
        "The path is outside of the folders that the service may touch.",
        "Use one of those; it is told them with --root.");
  }

  /**
   * @param what the operator did not allow, as {@code bucket media}
   */
  public static StorageException notConfigured(String what, String remedy) {
    return caller(
        "storage-not-configured",
        "The configuration does not let jobs use %s.".formatted(what),
        remedy);
  }

  /** A request brought credentials, which the operator does not want, or not for this place. */
  public static StorageException credentialsRefused(String why) {
    return caller(
        "storage-credentials-refused",
        "Credentials of a request are not taken here: %s.".formatted(why),
        "Have the operator allow them with storage.requestCredentials, or use a configured"
            + " account.");
  }

  /**
   * Nothing was sent.
   *
   * @param why as {@code leads to an address that is not of the public internet}
   */
  public static StorageException addressRefused(String host, String why) {
    return caller(
        "storage-address-refused",
        "The host %s of the input %s.".formatted(host, why),
        "Use another URL, or have the operator allow such addresses with storage.http.addresses.");
  }

  /** There is no such object, file or page. */
  public static StorageException objectMissing(String name) {
    return caller("storage-object-missing", "%s does not exist.".formatted(name), "Check the URL.");
  }

  public static StorageException bucketMissing(String bucket) {
    return caller(
        "storage-bucket-missing",
        "Bucket %s does not exist.".formatted(bucket),
        "Check its name, and the endpoint and region of its account.");
  }

  /**
   * @param status of HTTP
   */
  public static StorageException denied(String name, int status) {
    return caller(
        "storage-denied",
        "%s was refused with HTTP %d.".formatted(name, status),
        "Check the credentials and what they may do there, and the clock of this machine.");
  }

  /** The bucket is elsewhere: the endpoint answered with a redirect. */
  public static StorageException wrongRegion(String bucket) {
    return caller(
        "storage-wrong-region",
        "Bucket %s is not at this endpoint or in this region.".formatted(bucket),
        "Correct endpoint and region of its account in the configuration.");
  }

  /**
   * @param why as {@code it answered with HTTP 503}
   */
  public static StorageException unavailable(String name, String why) {
    return new StorageException(
        Blame.UPSTREAM,
        "storage-unavailable",
        true,
        "%s cannot be reached now: %s.".formatted(name, why),
        "Try again later.");
  }

  /** The answer is none that can be worked with, and would be the same again. */
  public static StorageException badAnswer(String name, String why) {
    return new StorageException(
        Blame.UPSTREAM,
        "storage-answer-invalid",
        false,
        "The answer for %s is not usable: %s.".formatted(name, why),
        "Check that the URL is that of a file, and ask the operator of its server.");
  }

  public static StorageException changed(String name) {
    return new StorageException(
        Blame.CALLER,
        "input-changed",
        true,
        "%s changed while it was read.".formatted(name),
        "Send the job again once the file is complete.");
  }

  public static StorageException noRanges(String name) {
    return caller(
        "storage-ranges-missing",
        "The server of %s does not answer range requests.".formatted(name),
        "Use a server that does, or copy the file to local storage or S3.");
  }

  /**
   * @param why as {@code it leads to http}
   */
  public static StorageException redirectRefused(String name, String why) {
    return caller(
        "storage-redirect-refused",
        "A redirect of %s is not followed: %s.".formatted(name, why),
        "Use the final URL.");
  }

  public static StorageException wildcardRefused(String name) {
    return caller(
        "storage-wildcard-refused",
        "%s has a *, but HTTP servers list no files.".formatted(name),
        "Give the URL of an HLS media playlist that names the segments.");
  }

  public static StorageException outputExists(String name) {
    return new StorageException(
        Blame.OUTPUT,
        "output-exists",
        false,
        "%s is there already.".formatted(name),
        "Use another folder, or ask for its replacement.");
  }

  /** Somebody interrupted a thread that waited for storage. */
  public static StorageException interrupted(String name) {
    return new StorageException(
        Blame.UPSTREAM,
        "storage-unavailable",
        true,
        "Reading or writing of %s was broken off.".formatted(name),
        "Try again.");
  }

  /** A file of the work folder cannot be read any more. */
  public static StorageException unreadableWork(String why) {
    return new StorageException(
        Blame.OUTPUT,
        "output-not-writable",
        true,
        "The packaged files cannot be read to be uploaded: %s.".formatted(why),
        "Check the disk that the data directory lies on.");
  }

  private static StorageException caller(String code, String problem, String remedy) {
    return new StorageException(Blame.CALLER, code, false, problem, remedy);
  }
}
