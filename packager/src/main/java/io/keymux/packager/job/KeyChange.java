package io.keymux.packager.job;

import java.util.Locale;

/** How players are told of the next key period's keys. */
public enum KeyChange {
  /**
   * In the media: sample groups {@code seig} name the key, and each fragment of the period brings
   * its {@code pssh}. Few players follow: shaka-player does in DASH.
   */
  SAMPLE_GROUPS,
  /**
   * By an init segment of its own, a new Period in DASH and a discontinuity in HLS. Costs a little
   * time at each change; every player can do it.
   */
  NEW_PERIODS;

  /** The name on the command line and in the API: {@code sample-groups}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @param id {@code sample-groups} or {@code new-periods}
   * @throws InvalidJobException with code {@code unknown-key-change} for anything else
   */
  public static KeyChange ofId(String id) {
    for (KeyChange change : values()) {
      if (change.id().equals(id)) {
        return change;
      }
    }
    throw new InvalidJobException(
        "unknown-key-change",
        "protection.keyChange",
        "\"" + id + "\" is not a way to change keys.",
        "Use sample-groups or new-periods.");
  }
}
