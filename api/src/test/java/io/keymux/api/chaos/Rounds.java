package io.keymux.api.chaos;

/** How much is done: little in a build, much in a soak. */
final class Rounds {
  private static final boolean SOAK = Boolean.getBoolean("keymux.soak");

  private Rounds() {}

  static int of(int build, int soak) {
    return SOAK ? soak : build;
  }
}
