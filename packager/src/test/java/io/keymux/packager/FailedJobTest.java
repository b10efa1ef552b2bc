package io.keymux.packager;

import java.util.Set;

class FailedJobTest extends FailedJobContract {
  @Override
  Engine engine() {
    return Engine.NATIVE;
  }

  @Override
  Set<String> damageCodes() {
    return Set.of("nal-length-invalid", "slice-header-unreadable");
  }
}
