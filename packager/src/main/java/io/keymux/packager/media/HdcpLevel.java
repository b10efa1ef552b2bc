package io.keymux.packager.media;

import java.util.Locale;

/**
 * What a display must keep to if it shall show a track.
 *
 * @see "RFC 8216bis, 4.4.6.2 EXT-X-STREAM-INF: HDCP-LEVEL"
 */
public enum HdcpLevel {
  /** No output protection is needed. */
  NONE,
  /** HDCP of any version. */
  TYPE_0,
  /** HDCP 2.2 or later, and nothing before it in the chain. */
  TYPE_1;

  /** The value in a playlist: {@code TYPE-0}. */
  public String id() {
    return name().replace('_', '-');
  }

  /**
   * @param id in any case
   * @throws IllegalArgumentException if there is none of that id
   */
  public static HdcpLevel ofId(String id) {
    for (HdcpLevel level : values()) {
      if (level.id().equals(id.toUpperCase(Locale.ROOT))) {
        return level;
      }
    }
    throw new IllegalArgumentException("\"" + id + "\" is none of NONE, TYPE-0, TYPE-1.");
  }
}
