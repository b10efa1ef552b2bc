package io.keymux.api.bench;

import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run measures, in the order of the table.
 *
 * @param all the floor first
 * @param required those without which the run has no sense: one that fails ends it
 * @param notes what was left out
 */
record CaseList(List<BenchCase> all, Set<BenchCase> required, List<String> notes) {

  /**
   * @param peers that are there
   * @param work for looped inputs and the peers' configuration files
   * @throws io.keymux.cpix.DrmException if an input cannot be looped
   */
  static CaseList of(
      BenchSettings settings,
      BenchInputs inputs,
      ColdCli cli,
      ToolFinder finder,
      List<Peer> peers,
      Path work)
      throws InterruptedException {
    PeerSetup setup = new PeerSetup(inputs, finder, work);
    if (settings.targets() == TargetSet.AES_128) {
      return aes128(settings, cli, peers, setup);
    }
    List<String> notes = new ArrayList<>();
    List<BenchCase> all = new ArrayList<>();
    OwnCases own = new OwnCases(inputs, cli);
    all.add(own.floor());
    all.addAll(own.basic(settings.layouts()));
    List<Layout> first = settings.layouts().subList(0, 1);
    TargetSet targets = settings.targets();
    if (targets == TargetSet.LARGE) {
      all.add(new RawFloor(inputs));
      all.addAll(own.scaling());
      all.addAll(own.verified());
    }
    for (int times : settings.loops()) {
      all.addAll(new OwnCases(inputs.looped(times, work), cli).basic(first));
    }
    Set<BenchCase> required = Set.copyOf(all);

    settings.jdks().forEach(jdk -> all.addAll(own.cold(cli.on(jdk), settings.layouts())));
    if (targets != null) {
      all.addAll(own.cold(cli.heap(OwnCases.SMALL_HEAP), List.of(Layout.SEGMENTS)));
    }
    if (targets == TargetSet.LARGE) {
      all.addAll(pinned(own, cli, finder, notes));
    }
    PeerCases others = new PeerCases(setup);
    for (Peer peer : peers) {
      for (Layout layout : settings.layouts()) {
        all.addAll(others.of(peer, layout, notes));
      }
    }
    all.removeIf(c -> !settings.wants(c.label()));
    return new CaseList(List.copyOf(all), required, notes);
  }

  private static CaseList aes128(
      BenchSettings settings, ColdCli cli, List<Peer> peers, PeerSetup setup)
      throws InterruptedException {
    List<String> notes = new ArrayList<>();
    List<BenchCase> all = new ArrayList<>();
    all.add(new OwnCases(setup.inputs(), cli).floor());
    all.addAll(Aes128Cases.own(setup.inputs(), cli));
    Set<BenchCase> required = Set.copyOf(all);
    for (Peer peer : peers) {
      all.addAll(new Aes128Cases(setup).of(peer, notes));
    }
    all.removeIf(c -> !settings.wants(c.label()));
    return new CaseList(List.copyOf(all), required, notes);
  }

  private static List<BenchCase> pinned(
      OwnCases own, ColdCli cli, ToolFinder finder, List<String> notes) {
    Optional<Path> taskset = finder.find(Tool.TASKSET);
    if (taskset.isEmpty() || Runtime.getRuntime().availableProcessors() < 2) {
      notes.add("Left out: 1 core against 2. It needs taskset on PATH and two processors.");
      return List.of();
    }
    List<BenchCase> cases = new ArrayList<>();
    for (int cores = 1; cores <= 2; cores++) {
      cases.addAll(own.cold(cli.pinned(taskset.get(), cores), List.of(Layout.SEGMENTS)));
    }
    return cases;
  }
}
