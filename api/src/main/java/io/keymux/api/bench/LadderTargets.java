package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import java.util.ArrayList;
import java.util.List;

/** What a short ladder must show: a start that does not spoil the rest. Segments. */
final class LadderTargets {
  private static final double WARM_TO_GPAC = 1.0 / 3;
  private static final double COLD_SECONDS = 0.35;
  private static final int AHEAD_OF_TIME = 25;

  private LadderTargets() {}

  static List<Target> of() {
    List<Target> targets = new ArrayList<>();
    for (ProtectionScheme scheme : OwnCases.SCHEMES) {
      Label warm = new Label(Label.WARM, scheme, Layout.SEGMENTS);
      Label cold = warm.by(Label.COLD);
      targets.add(Targets.atMost(warm, WARM_TO_GPAC, Targets.gpac(warm)));
      targets.add(Targets.seconds(cold, COLD_SECONDS));
      targets.add(Targets.atMost(cold, 1, cold.by(Label.SHAKA)));
      targets.add(Targets.atMost(cold, 1, cold.by(Label.SHAKA_TUNED)));
      Label newest =
          Runtime.version().feature() == AHEAD_OF_TIME
              ? cold
              : cold.by(Label.COLD + ", " + Jdk.name(AHEAD_OF_TIME));
      targets.add(Targets.atMost(newest, 1, Targets.gpac(cold)));
      targets.add(Targets.cpu(warm));
      targets.add(Targets.cpu(cold));
      targets.addAll(Targets.memory(cold));
    }
    return targets;
  }
}
