package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import java.util.ArrayList;
import java.util.List;

/** What one large file must show: speed beside others, cost, scaling. Segments. */
final class LargeTargets {
  private static final double COLD_TO_COPY = 1.5;
  private static final double GPAC = 2;
  private static final double SHAKA_CENC = 5;
  private static final double SHAKA_CBCS = 2;
  private static final double MP4DASH = 8;
  private static final double SPEED_UP = 1.7;
  private static final double SAME_THROUGHPUT = 0.8;
  private static final double VERIFY_SAMPLE = 1.1;
  private static final double VERIFY_FULL = 1.6;

  private LargeTargets() {}

  /**
   * @param loops how many times over looped inputs were packaged
   */
  static List<Target> of(List<Integer> loops) {
    List<Target> targets = new ArrayList<>();
    for (ProtectionScheme scheme : OwnCases.SCHEMES) {
      Label warm = new Label(Label.WARM, scheme, Layout.SEGMENTS);
      Label cold = warm.by(Label.COLD);
      targets.add(Targets.atMost(warm, 1, Label.FLOOR));
      targets.add(Targets.atMost(cold, COLD_TO_COPY, Label.FLOOR));
      targets.add(Targets.asFastAs(cold, GPAC, Targets.gpac(cold)));
      double shaka = scheme == ProtectionScheme.CENC ? SHAKA_CENC : SHAKA_CBCS;
      targets.add(Targets.asFastAs(cold, shaka, cold.by(Label.SHAKA), cold.by(Label.SHAKA_TUNED)));
      targets.add(Targets.asFastAs(cold, MP4DASH, cold.by(Label.MP4DASH)));
      targets.add(Targets.cpu(warm));
      targets.add(Targets.cpu(cold));
      targets.addAll(Targets.memory(cold));
      for (int times : loops) {
        for (Label plain : List.of(warm, cold)) {
          Label looped = plain.with(OwnCases.looped(times));
          targets.add(Targets.throughput(looped, SAME_THROUGHPUT, plain));
          targets.add(Targets.cpu(looped));
        }
        targets.add(Targets.rss(cold.with(OwnCases.looped(times))));
      }
      targets.add(
          Targets.asFastAs(
              warm.with(OwnCases.workers(2)), SPEED_UP, warm.with(OwnCases.workers(1))));
      targets.add(
          Targets.asFastAs(cold.with(ColdCli.cores(2)), SPEED_UP, cold.with(ColdCli.cores(1))));
      for (Label plain : List.of(warm, cold)) {
        targets.add(Targets.atMost(plain.with("verify sample"), VERIFY_SAMPLE, plain));
        targets.add(Targets.atMost(plain.with("verify full"), VERIFY_FULL, plain));
      }
    }
    return targets;
  }
}
