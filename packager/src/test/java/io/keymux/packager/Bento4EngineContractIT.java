package io.keymux.packager;

import io.keymux.cpix.ProtectionScheme;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

class Bento4EngineContractIT extends EngineContract {
  /** Inside of a test, what skips it could be taken for its result. */
  @BeforeAll
  static void requireBento4() {
    InstalledBento4.engine();
  }

  @Override
  Engine engine() {
    return InstalledBento4.engine();
  }

  /** In cbc1 it keeps only the length and the type of a NAL unit clear. */
  @Override
  Set<String> warnings(ProtectionScheme scheme) {
    return switch (scheme) {
      case CENS -> Set.of("cens-ambiguous");
      case CBC1 -> Set.of("parameters-encrypted", "slice-header-encrypted");
      case CENC, CBCS -> Set.of();
    };
  }
}
