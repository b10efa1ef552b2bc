package io.keymux.packager;

import java.util.Set;

class Bento4FailedJobIT extends FailedJobContract {
  @Override
  Engine engine() {
    return InstalledBento4.engine();
  }

  @Override
  Set<String> damageCodes() {
    return Set.of("tool-output-wrong");
  }
}
