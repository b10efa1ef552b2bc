package io.keymux.packager;

import io.keymux.cpix.ProtectionScheme;
import java.util.Set;

class NativeEngineContractTest extends EngineContract {
  @Override
  Engine engine() {
    return Engine.NATIVE;
  }

  @Override
  Set<String> warnings(ProtectionScheme scheme) {
    return scheme == ProtectionScheme.CENS ? Set.of("cens-ambiguous") : Set.of();
  }
}
