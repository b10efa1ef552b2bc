package io.keymux.packager;

import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

class Bento4FailedJobIT extends FailedJobContract {
  /** Inside of a test, what skips it could be taken for its result. */
  @BeforeAll
  static void requireBento4() {
    InstalledBento4.engine();
  }

  @Override
  Engine engine() {
    return InstalledBento4.engine();
  }

  @Override
  Set<String> damageCodes() {
    return Set.of("tool-output-wrong");
  }
}
