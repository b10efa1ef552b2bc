package io.keymux.api.bench;

import io.keymux.cpix.DrmException;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures all cases side by side in one run. */
public final class Benchmark {
  private final ToolFinder finder;
  private final ColdCli cli;
  private final Path workParent;
  private final Consumer<String> progress;

  /**
   * @param workParent an existing folder for outputs, on the disk to be measured; needs room for
   *     twice the largest input
   * @param progress gets a line for each round
   */
  public Benchmark(ToolFinder finder, ColdCli cli, Path workParent, Consumer<String> progress) {
    this.finder = finder;
    this.cli = cli;
    this.workParent = workParent;
    this.progress = progress;
  }

  /**
   * Runs it all. A peer that fails is left out with a note.
   *
   * @throws DrmException if an input cannot be packaged, a peer that was asked for is not there, or
   *     one of our own cases fails; nothing is left behind
   */
  public BenchReport run(BenchSettings settings) throws InterruptedException {
    Machine machine = Machine.current();
    BenchInputs inputs = BenchInputs.open(settings.inputs());
    List<String> notes = new ArrayList<>();
    List<Peer> peers = peers(settings, notes);
    try (WorkFolder work = WorkFolder.in(workParent)) {
      CaseList cases = CaseList.of(settings, inputs, cli, finder, peers, work.path());
      cases.all().stream().map(BenchCase::inputs).distinct().forEach(BenchInputs::warmPageCache);
      Results results = new Rounds(work, progress).measure(cases, settings.rounds());
      notes.addAll(cases.notes());
      List<BenchRow> rows = new ArrayList<>();
      results.runs().forEach((label, runs) -> rows.add(BenchRow.of(label, runs, results)));
      return new BenchReport(
          settings.inputs().stream().map(path -> String.valueOf(path.getFileName())).toList(),
          inputs.bytes(),
          settings.rounds(),
          machine,
          versions(peers),
          rows,
          targets(settings, results),
          notes);
    }
  }

  private static List<TargetResult> targets(BenchSettings settings, Results results) {
    TargetSet set = settings.targets();
    return set == null
        ? List.of()
        : set.targets(settings).stream().map(target -> target.check(results)).toList();
  }

  private List<Peer> peers(BenchSettings settings, List<String> notes) {
    List<Peer> wanted = settings.peers();
    if (wanted != null) {
      return wanted;
    }
    List<Peer> present = new ArrayList<>();
    for (Peer peer : Peer.values()) {
      if (peer.isFound(finder)) {
        present.add(peer);
      } else {
        notes.add("Left out: " + peer.id() + " is not installed.");
      }
    }
    return present;
  }

  private Map<String, String> versions(List<Peer> peers) throws InterruptedException {
    Map<String, String> versions = new LinkedHashMap<>();
    for (Peer peer : peers) {
      Tool tool = peer.tools().get(peer.tools().size() - 1);
      versions.put(peer.id(), PeerVersion.of(tool, finder.require(tool)));
    }
    return versions;
  }
}
