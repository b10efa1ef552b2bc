package io.keymux.api.bench;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Runs all cases in rounds, so that whatever the machine does besides hits all of them. The round
 * before the first is thrown away; every second one goes backwards, so that no case always follows
 * the same other.
 */
final class Rounds {
  private final WorkFolder work;
  private final Consumer<String> progress;
  private final Map<BenchCase, List<Measurement>> runs = new LinkedHashMap<>();
  private final List<Label> failed = new ArrayList<>();

  Rounds(WorkFolder work, Consumer<String> progress) {
    this.work = work;
    this.progress = progress;
  }

  /**
   * @param cases gets a note for each that fails and is left out
   * @throws DrmException if a required one fails
   */
  Results measure(CaseList cases, int rounds) throws InterruptedException {
    cases.all().forEach(c -> runs.put(c, new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      progress.accept(
          round == 0
              ? "round 0 of %d, thrown away: %d cases".formatted(rounds, runs.size())
              : "round %d of %d".formatted(round, rounds));
      List<BenchCase> order = new ArrayList<>(runs.keySet());
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      for (BenchCase c : order) {
        run(c, cases, round > 0);
      }
    }
    Map<Label, Results.Runs> measured = new LinkedHashMap<>();
    runs.forEach((c, of) -> measured.put(c.label(), new Results.Runs(c, of)));
    return new Results(measured, failed);
  }

  private void run(BenchCase c, CaseList cases, boolean counts) throws InterruptedException {
    try {
      c.inputs().warmPageCache();
      Path out = work.empty("out");
      work.warmMemory(c.inputs().bytes());
      work.settle();
      Measurement measured = c.run(out);
      requireOutput(c, out);
      if (counts) {
        Objects.requireNonNull(runs.get(c)).add(measured);
      }
    } catch (DrmException e) {
      if (cases.required().contains(c)) {
        throw e;
      }
      runs.remove(c);
      failed.add(c.label());
      cases.notes().add("Left out: " + c.label().name() + ". " + e.problem());
    }
  }

  /** Some programs end with status 0 and write nothing: that is not speed. */
  private static void requireOutput(BenchCase measured, Path out) {
    long written = WorkFolder.bytes(out);
    long read = measured.inputs().bytes();
    if (written < read / 2) {
      throw new DrmException(
          Blame.UPSTREAM,
          "tool-output-missing",
          "%s ended well but wrote %d bytes for an input of %d."
              .formatted(measured.label().name(), written, read),
          "Run its command by hand to see why.");
    }
  }
}
