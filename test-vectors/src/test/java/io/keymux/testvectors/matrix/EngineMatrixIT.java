package io.keymux.testvectors.matrix;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.Engine;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.judge.CounterLedger;
import io.keymux.testvectors.judge.JudgedSample;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.oracle.Bento4;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same job with the same keys by both engines: both outputs decrypt to the elementary streams
 * of the input. Where they differ stands in {@code docs/interop.md}.
 */
@Execution(ExecutionMode.CONCURRENT)
class EngineMatrixIT {
  private static InteropTable table;

  /** One cell. */
  record Case(String name, List<Path> inputs, Packaged.Options options) {
    @Override
    public String toString() {
      return "%s %s %s".formatted(name, options.scheme().fourCc(), options.rule().id());
    }
  }

  /** What an engine made of a cell: its tracks, or why it refused. */
  private record Outcome(List<JudgedTrack> tracks, String refusal) {}

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>(cells("sample-ladder", Repository.sampleLadder()));
    for (Path source : MainMatrixIT.clearSources()) {
      cases.addAll(cells(source.getFileName().toString(), List.of(source)));
    }
    return cases.stream();
  }

  private static List<Case> cells(String name, List<Path> inputs) {
    List<Case> cells = new ArrayList<>();
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      for (KeyRule rule : List.of(KeyRule.PRESET0, KeyRule.PRESET1)) {
        Layout layout = rule.equals(KeyRule.PRESET0) ? Layout.SEGMENTS : Layout.SINGLE_FILE;
        cells.add(new Case(name, inputs, new Packaged.Options(scheme, layout, rule, 2)));
      }
    }
    return cells;
  }

  @BeforeAll
  static void readTable() throws IOException {
    Bento4.engine();
    table = InteropTable.engines();
  }

  @AfterAll
  static void saveTable() throws IOException {
    if (table != null) {
      table.save();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void package_byBothEngines_isTheInput(Case cell, @TempDir Path work) throws Exception {
    Outcome own = run(cell, Engine.NATIVE, work.resolve("native"));
    Outcome other = run(cell, Bento4.engine(), work.resolve("bento4"));

    List<String> clear = MainMatrixIT.clearHashes(cell.inputs());
    Map<String, String> found = new TreeMap<>();
    found.put("native", outcome(own, clear));
    found.put("bento4", outcome(other, clear));
    boolean both = own.refusal().isEmpty() && other.refusal().isEmpty();
    found.put("IVs and subsamples", both ? compared(own.tracks(), other.tracks()) : "-");
    table.enter(cell.name(), cell.options(), found);
  }

  private static String outcome(Outcome outcome, List<String> clear) {
    if (!outcome.refusal().isEmpty()) {
      return "`" + outcome.refusal() + "`";
    }
    assertThat(outcome.tracks())
        .extracting(JudgedTrack::streamHash)
        .containsExactlyInAnyOrderElementsOf(clear);
    return InteropTable.SAME;
  }

  private static String compared(List<JudgedTrack> own, List<JudgedTrack> other) {
    assertThat(other).hasSameSizeAs(own);
    boolean same = true;
    for (int i = 0; i < own.size(); i++) {
      assertThat(other.get(i).keyIds()).isEqualTo(own.get(i).keyIds());
      List<JudgedSample> samples = own.get(i).samples();
      for (int s = 0; s < samples.size(); s++) {
        same &=
            requireNonNull(samples.get(s).cover()).equals(other.get(i).samples().get(s).cover());
      }
    }
    return same ? InteropTable.SAME : "other";
  }

  private static Outcome run(Case cell, Engine engine, Path folder) throws Exception {
    Packaged packaged;
    try {
      packaged =
          Packaged.run(
              cell.inputs(),
              cell.options(),
              job -> job.ivBytes(cell.options().scheme() == ProtectionScheme.CENS ? 16 : 8),
              engine,
              folder);
    } catch (DrmException e) {
      assertThat(e.code()).as(e.getMessage()).isIn("bento4-not-supported", "too-many-subsamples");
      assertThat(folder).doesNotExist();
      return new Outcome(List.of(), e.code());
    }
    List<JudgedTrack> tracks = new ArrayList<>();
    CounterLedger ledger = new CounterLedger();
    for (PackagedTrack track : packaged.tracks()) {
      String name = track.track().name();
      Path joined = folder.resolveSibling(folder.getFileName() + "-" + name + ".mp4");
      packaged.join(track, joined);
      JudgedTrack judged = ReferenceDecryptor.decrypt(List.of(joined), packaged.keys()).get(0);
      assertThat(judged.keyIds()).containsExactly(requireNonNull(track.protection()).keyId());
      assertThat(ledger.enter(name, judged)).isEmpty();
      tracks.add(judged);
    }
    return new Outcome(tracks, "");
  }
}
