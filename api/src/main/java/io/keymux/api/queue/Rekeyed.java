package io.keymux.api.queue;

import java.util.regex.Pattern;

/** Names an asset anew, so that key servers give other keys for it. */
final class Rekeyed {
  private static final Pattern TAIL = Pattern.compile("-r[0-9a-f]{28}$");
  private static final int MAX_LENGTH = 128;

  private Rekeyed() {}

  /**
   * The content id with {@code -r} and the job's id behind it, in place of those of an earlier job.
   *
   * @param jobId of the job that gets the keys; no other gets the same
   */
  static String contentId(String contentId, String jobId) {
    String base = TAIL.matcher(contentId).replaceFirst("");
    String tail = "-r" + jobId;
    return base.substring(0, Math.min(base.length(), MAX_LENGTH - tail.length())) + tail;
  }
}
