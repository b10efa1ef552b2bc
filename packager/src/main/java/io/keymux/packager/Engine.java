package io.keymux.packager;

import io.keymux.packager.bento4.Bento4Tools;
import io.keymux.packager.bento4.KeysOnArgv;
import io.keymux.packager.tool.ToolFinder;
import org.jspecify.annotations.Nullable;

/** What encrypts the samples of a job. Everything else is the same with each. */
public final class Engine {
  /** In process, as keys never leave it: the engine of every job that does not name another. */
  public static final Engine NATIVE = new Engine(null);

  private final @Nullable Bento4Tools bento4;

  private Engine(@Nullable Bento4Tools bento4) {
    this.bento4 = bento4;
  }

  /**
   * Bento4's programs, which take keys as arguments: who may see the processes of this machine may
   * see the keys.
   *
   * @throws io.keymux.cpix.DrmException with code {@code keys-on-argv-not-allowed} without consent,
   *     or {@code tool-not-found} without the programs
   */
  public static Engine bento4(KeysOnArgv consent, ToolFinder finder) {
    consent.require();
    return new Engine(Bento4Tools.find(finder));
  }

  /**
   * As {@link #bento4(KeysOnArgv, ToolFinder)}, with programs that were found.
   *
   * @throws io.keymux.cpix.DrmException with code {@code keys-on-argv-not-allowed} without consent
   */
  public static Engine bento4(KeysOnArgv consent, Bento4Tools tools) {
    consent.require();
    return new Engine(tools);
  }

  @Nullable Bento4Tools bento4() {
    return bento4;
  }
}
