package io.keymux.api.bench;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures all cases side by side: in rounds, so that whatever the machine does besides hits all of
 * them, and after a round that is thrown away.
 */
public final class Benchmark {
  private final ToolFinder finder;
  private final List<String> cli;
  private final Path workParent;
  private final Consumer<String> progress;

  /**
   * @param cli how this program is started: java binary, flags, class path, main class
   * @param workParent an existing folder for outputs, on the disk to be measured; needs room for
   *     twice the inputs
   * @param progress gets a line for each round
   */
  public Benchmark(
      ToolFinder finder, List<String> cli, Path workParent, Consumer<String> progress) {
    this.finder = finder;
    this.cli = List.copyOf(cli);
    this.workParent = workParent;
    this.progress = progress;
  }

  /**
   * Runs it all. A peer that fails is left out with a note.
   *
   * @param peers that must be there, or null for those that are
   * @param rounds that count, at least 1
   * @throws DrmException if an input cannot be packaged, a peer that was asked for is not there, or
   *     one of our own cases fails; nothing is left behind
   */
  public BenchReport run(List<Path> inputs, @Nullable List<Peer> peers, int rounds)
      throws InterruptedException {
    Machine machine = Machine.current();
    BenchInputs opened = BenchInputs.open(inputs);
    List<String> notes = new ArrayList<>();
    try (WorkFolder work = WorkFolder.in(workParent)) {
      List<BenchCase> own = new ArrayList<>();
      own.add(OwnCases.floor(opened));
      own.addAll(OwnCases.keymux(opened, cli));
      List<Peer> present = present(peers, notes);
      PeerCases peerCases = new PeerCases(opened, finder, work.path());
      List<BenchCase> others = new ArrayList<>();
      present.forEach(peer -> others.addAll(peerCases.of(peer)));

      opened.warmPageCache();
      Map<BenchCase, List<Measurement>> runs =
          measure(own, others, rounds, opened.bytes(), work, notes);
      List<Measurement> floor = Objects.requireNonNull(runs.get(own.get(0)));
      List<BenchRow> rows = new ArrayList<>();
      runs.forEach((c, measured) -> rows.add(BenchRow.of(c, measured, floor, opened.bytes())));
      return new BenchReport(
          inputs.stream().map(path -> String.valueOf(path.getFileName())).toList(),
          opened.bytes(),
          rounds,
          machine,
          versions(present),
          rows,
          notes);
    }
  }

  private List<Peer> present(@Nullable List<Peer> wanted, List<String> notes) {
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

  private Map<BenchCase, List<Measurement>> measure(
      List<BenchCase> own,
      List<BenchCase> others,
      int rounds,
      long inputBytes,
      WorkFolder work,
      List<String> notes)
      throws InterruptedException {
    Map<BenchCase, List<Measurement>> runs = new LinkedHashMap<>();
    own.forEach(c -> runs.put(c, new ArrayList<>()));
    others.forEach(c -> runs.put(c, new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      progress.accept(
          round == 0
              ? "round 0 of %d, thrown away".formatted(rounds)
              : "round %d of %d".formatted(round, rounds));
      for (BenchCase c : List.copyOf(runs.keySet())) {
        try {
          Path out = work.empty("out");
          Measurement measured = c.run(out);
          requireOutput(c, out, inputBytes);
          if (round > 0) {
            Objects.requireNonNull(runs.get(c)).add(measured);
          }
        } catch (DrmException e) {
          if (own.contains(c)) {
            throw e;
          }
          runs.remove(c);
          notes.add("Left out: " + c.name() + ". " + e.problem());
        }
      }
    }
    return runs;
  }

  /** Some programs end with status 0 and write nothing: that is not speed. */
  private static void requireOutput(BenchCase measured, Path out, long inputBytes) {
    long written = WorkFolder.bytes(out);
    if (written < inputBytes / 2) {
      throw new DrmException(
          Blame.UPSTREAM,
          "tool-output-missing",
          "%s ended well but wrote %d bytes for an input of %d."
              .formatted(measured.name(), written, inputBytes),
          "Run its command by hand to see why.");
    }
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
