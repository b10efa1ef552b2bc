package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a failure of the SDK is to a user. Its messages are not told: they quote answers. */
final class S3Failures {
  private S3Failures() {}

  /**
   * @param bucket that was asked
   * @param name what was asked for
   */
  static StorageException of(SdkException e, String bucket, String name) {
    if (e instanceof NoSuchBucketException) {
      return StorageException.bucketMissing(bucket);
    }
    if (e instanceof S3Exception answer) {
      return of(answer.statusCode(), code(answer), bucket, name);
    }
    // No answer: a connection, a clock, or credentials that were not found.
    String type = e.getClass().getSimpleName();
    return StorageException.unavailable(
        name,
        type.equals("StsException")
            ? "the role of its account was not given"
            : "no connection comes about, it breaks off, or there are no credentials");
  }

  /** Whether the storage knows an upload in parts no more: it was completed or aborted. */
  static boolean isUploadGone(SdkException e) {
    return e instanceof S3Exception answer && code(answer).equals("NoSuchUpload");
  }

  /** Whether another write to the same object was under way: AWS wants the same request again. */
  static boolean isConflict(Throwable e) {
    return e instanceof S3Exception answer && answer.statusCode() == 409;
  }

  private static String code(S3Exception answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private static StorageException of(int status, String code, String bucket, String name) {
    return switch (code) {
      case "NoSuchBucket" -> StorageException.bucketMissing(bucket);
      case "NoSuchKey" -> StorageException.objectMissing(name);
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          StorageException.wrongRegion(bucket);
      case "SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "NoSuchUpload" ->
          StorageException.unavailable(name, "the storage answers " + code);
      default ->
          switch (status) {
            case 301, 307 -> StorageException.wrongRegion(bucket);
            case 401, 403 -> StorageException.denied(name, status);
            case 404 -> StorageException.objectMissing(name);
            case 412 -> StorageException.changed(name);
            case 409, 429, 500, 502, 503, 504 ->
                StorageException.unavailable(name, "the storage answers HTTP " + status);
            default -> StorageException.badAnswer(name, "its status is " + status);
          };
    };
  }
}
