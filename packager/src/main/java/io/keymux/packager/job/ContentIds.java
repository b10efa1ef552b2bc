package io.keymux.packager.job;

import java.util.regex.Pattern;

/** Names of assets at key servers. */
final class ContentIds {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private ContentIds() {}

  /**
   * @throws InvalidJobException with code {@code invalid-content-id} if it is none
   */
  static void require(String contentId) {
    if (!FORM.matcher(contentId).matches()) {
      throw new InvalidJobException(
          "invalid-content-id",
          "protection.contentId",
          "\"" + contentId + "\" is not a content id.",
          "Use 1 to 128 of A-Z, a-z, 0-9, _ and -.");
    }
  }
}
