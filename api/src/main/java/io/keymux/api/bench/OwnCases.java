package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.ToolCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The floor, {@code cp}, and our engine: warm in this process, and as a process of its own. */
final class OwnCases {
  static final List<ProtectionScheme> SCHEMES =
      List.of(ProtectionScheme.CENC, ProtectionScheme.CBCS);

  /** The heap that must be enough, in MiB. */
  static final int SMALL_HEAP = 64;

  private static final List<VerifyLevel> PROOFS = List.of(VerifyLevel.SAMPLE, VerifyLevel.FULL);

  private final BenchInputs inputs;
  private final ColdCli cli;

  OwnCases(BenchInputs inputs, ColdCli cli) {
    this.inputs = inputs;
    this.cli = cli;
  }

  BenchCase floor() {
    return new ToolCase(
        Label.FLOOR,
        inputs,
        out -> {
          ToolCommand copy = ToolCommand.of(Path.of("cp"));
          inputs.files().forEach(file -> copy.args(file.toString()));
          return List.of(copy.args(out.toString()));
        });
  }

  /** Warm and cold, with all processors and no verification. */
  List<BenchCase> basic(List<Layout> layouts) {
    List<BenchCase> cases = new ArrayList<>();
    for (Layout layout : layouts) {
      SCHEMES.forEach(scheme -> cases.add(warm(scheme, layout, VerifyLevel.NONE)));
    }
    cases.addAll(cold(cli, layouts));
    return cases;
  }

  /** The command line started in another way. */
  List<BenchCase> cold(ColdCli other, List<Layout> layouts) {
    List<BenchCase> cases = new ArrayList<>();
    for (Layout layout : layouts) {
      for (ProtectionScheme scheme : SCHEMES) {
        cases.add(other.packaging(inputs, scheme, layout, VerifyLevel.NONE));
      }
    }
    return cases;
  }

  /** Segments that are proved before they are published. */
  List<BenchCase> verified() {
    List<BenchCase> cases = new ArrayList<>();
    for (VerifyLevel proof : PROOFS) {
      for (ProtectionScheme scheme : SCHEMES) {
        cases.add(warm(scheme, Layout.SEGMENTS, proof));
        cases.add(cli.packaging(inputs, scheme, Layout.SEGMENTS, proof));
      }
    }
    return cases;
  }

  /** Segments by one thread and by two. */
  List<BenchCase> scaling() {
    List<BenchCase> cases = new ArrayList<>();
    for (int workers = 1; workers <= 2; workers++) {
      String program = Label.WARM + ", " + workers(workers);
      for (ProtectionScheme scheme : SCHEMES) {
        Label label = label(program, inputs, scheme, Layout.SEGMENTS, VerifyLevel.NONE);
        Keymux packager = Keymux.packager().keys(TestKey::exchange).workers(workers);
        cases.add(
            new WarmEngine(label, inputs, packager, scheme, Layout.SEGMENTS, VerifyLevel.NONE));
      }
    }
    return cases;
  }

  static String workers(int count) {
    return count == 1 ? "1 worker" : count + " workers";
  }

  static Label label(
      String program,
      BenchInputs inputs,
      ProtectionScheme scheme,
      Layout layout,
      VerifyLevel verify) {
    Label label = new Label(program, scheme, layout);
    if (verify != VerifyLevel.NONE) {
      label = label.with("verify " + verify.id());
    }
    return inputs.loops() == 1 ? label : label.with(looped(inputs.loops()));
  }

  static String looped(int times) {
    return "input looped " + times + " x";
  }

  private BenchCase warm(ProtectionScheme scheme, Layout layout, VerifyLevel verify) {
    Label label = label(Label.WARM, inputs, scheme, layout, verify);
    Keymux packager = Keymux.packager().keys(TestKey::exchange);
    return new WarmEngine(label, inputs, packager, scheme, layout, verify);
  }
}
