package io.keymux.api.storage;

/** Tells URLs of storage that is not local from paths and {@code file:} URLs. */
public final class StorageUrl {
  private StorageUrl() {}

  /** Whether a text begins as a URL of a web server or a bucket does. */
  public static boolean isRemote(String text) {
    return isS3(text) || isHttp(text);
  }

  static boolean isS3(String text) {
    return text.regionMatches(true, 0, "s3://", 0, 5);
  }

  static boolean isHttp(String text) {
    return text.regionMatches(true, 0, "http://", 0, 7)
        || text.regionMatches(true, 0, "https://", 0, 8);
  }
}
