package io.keymux.testvectors.matrix;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.judge.ClearSamples;
import io.keymux.testvectors.judge.CounterLedger;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.KeyRing;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.oracle.Ffmpeg;
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
 * The main claim: for every source, scheme, layout and key rule, decrypters that share no code give
 * back the elementary streams of the input, and with a wrong key they do not. What each gives
 * stands in {@code docs/interop.md}.
 */
@Execution(ExecutionMode.CONCURRENT)
class MainMatrixIT {
  private static InteropTable table;

  private static final String MORE_SLICES_THAN_SAIZ_CAN_SAY = "h264_45slices.mp4";

  /** One cell. */
  record Case(String name, List<Path> inputs, Packaged.Options options) {
    @Override
    public String toString() {
      return "%s %s %s %s"
          .formatted(name, options.scheme().fourCc(), options.layout(), options.rule().id());
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>(cells("sample-ladder", Repository.sampleLadder()));
    for (Path source : clearSources()) {
      cases.addAll(cells(source.getFileName().toString(), List.of(source)));
    }
    return cases.stream();
  }

  private static List<Case> cells(String name, List<Path> inputs) {
    List<Case> cells = new ArrayList<>();
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      for (Layout layout : Layout.values()) {
        for (KeyRule rule : List.of(KeyRule.PRESET0, KeyRule.PRESET1)) {
          // The schemes for experts have half of the cells: they share all code with the others.
          boolean expert = scheme == ProtectionScheme.CENS || scheme == ProtectionScheme.CBC1;
          if (!expert || (layout == Layout.SEGMENTS) == rule.equals(KeyRule.PRESET0)) {
            cells.add(new Case(name, inputs, new Packaged.Options(scheme, layout, rule, 2)));
          }
        }
      }
    }
    return cells;
  }

  static List<Path> clearSources() {
    return Repository.hasThirdParty()
        ? Repository.list(Repository.thirdParty("packaging/clear-sources"), ".mp4")
        : List.of();
  }

  @BeforeAll
  static void readTable() throws IOException {
    table = InteropTable.decrypters();
  }

  @AfterAll
  static void saveTable() throws IOException {
    table.save();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void package_thenDecryptByAll_isTheInput(Case cell, @TempDir Path work) throws Exception {
    Packaged packaged;
    try {
      packaged = Packaged.run(cell.inputs(), cell.options(), work.resolve("out"));
    } catch (DrmException e) {
      // Either right or refused, never wrapped.
      assertThat(cell.name()).as(e.getMessage()).isEqualTo(MORE_SLICES_THAN_SAIZ_CAN_SAY);
      assertThat(e.code()).isEqualTo("too-many-subsamples");
      assertThat(work.resolve("out")).doesNotExist();
      return;
    }
    List<String> byJudge = new ArrayList<>();
    Map<String, String> found = new TreeMap<>();
    CounterLedger ledger = new CounterLedger();
    for (PackagedTrack track : packaged.tracks()) {
      String name = track.track().name();
      Path joined = work.resolve(name + ".joined.mp4");
      packaged.join(track, joined);
      JudgedTrack judged = ReferenceDecryptor.decrypt(List.of(joined), packaged.keys()).get(0);
      byJudge.add(judged.streamHash());
      assertThat(judged.keyIds()).containsExactly(requireNonNull(track.protection()).keyId());
      assertThat(ledger.enter(name, judged)).isEmpty();

      KeyId keyId = judged.keyIds().iterator().next();
      new Decrypters(joined, judged, packaged.keys()).compare(work, found);
      refuseWrongKey(joined, judged, keyId, packaged.keys().wrong());
    }

    List<String> clear = clearHashes(cell.inputs());
    assertThat(byJudge).as("judge").containsExactlyInAnyOrderElementsOf(clear);
    found.put("judge", InteropTable.SAME);
    table.enter(cell.name(), cell.options(), found);
    ProtectionScheme scheme = cell.options().scheme();
    if (scheme == ProtectionScheme.CENC || scheme == ProtectionScheme.CBCS) {
      assertThat(found).containsEntry("ffmpeg", InteropTable.SAME);
      assertThat(found).containsEntry("Shaka Packager", InteropTable.SAME);
    }
    assertThat(packaged.keys().toMap())
        .hasSize(cell.options().rule().equals(KeyRule.PRESET0) ? 1 : clear.size());
  }

  private static void refuseWrongKey(Path joined, JudgedTrack judged, KeyId keyId, KeyRing wrong)
      throws IOException {
    assertThat(ReferenceDecryptor.decrypt(List.of(joined), wrong).get(0).streamHash())
        .isNotEqualTo(judged.streamHash());
    try {
      assertThat(Ffmpeg.decryptedStreamHash(joined, wrong.key(keyId).orElseThrow(), 0))
          .isNotEqualTo(judged.streamHash());
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("no hash");
    }
  }

  static List<String> clearHashes(List<Path> inputs) throws IOException {
    List<String> hashes = new ArrayList<>();
    for (Path input : inputs) {
      for (JudgedTrack track : ClearSamples.read(input)) {
        hashes.add(track.streamHash());
      }
    }
    return hashes;
  }
}
