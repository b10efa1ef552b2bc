package io.keymux.cpix.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.cpix.xml.CpixWriter;
import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers wrote survives: byte for byte unchanged, canonically alike where edited. */
class RoundTripPropertyTest {
  private static final int SEEDS = 20;

  static Stream<Arguments> documents() {
    return Stream.of(CpixVersion.V2_2, CpixVersion.V2_3, CpixVersion.V2_4)
        .flatMap(
            version ->
                java.util.stream.LongStream.range(0, SEEDS)
                    .mapToObj(seed -> Arguments.of(version, seed)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void content_ofNoisyDocument_isWhatWasWritten(CpixVersion version, long seed) {
    CpixDocument content = new RandomContent(seed, version).document();
    CpixTree tree = CpixTree.read(noisy(content, version, seed));
    assertThat(tree.content()).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void write_unchanged_givesTheSameBytes(CpixVersion version, long seed) {
    byte[] xml = noisy(new RandomContent(seed, version).document(), version, seed);
    assertThat(CpixTree.read(xml).write()).isEqualTo(xml);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void serialize_ofNoisyDocument_isCanonicallyIdentical(CpixVersion version, long seed)
      throws Exception {
    byte[] xml = noisy(new RandomContent(seed, version).document(), version, seed);
    assertThat(Infoset.equal(SafeXml.serialize(SafeXml.parse(xml)), xml)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void edit_takenBack_leavesTheDocumentCanonicallyIdentical(CpixVersion version, long seed)
      throws Exception {
    RandomContent random = new RandomContent(seed, version);
    CpixDocument content = random.document();
    byte[] xml = noisy(content, version, seed);
    ContentKey added = random.key();
    CpixTree tree = CpixTree.read(xml);
    tree.edit()
        .add(added)
        .add(random.signaling(DrmSystem.WIDEVINE.systemId(), added.id()))
        .add(new UsageRule(added.id(), "NEW", List.of()));
    assertThat(tree.content().contentKey(added.id())).contains(added);
    assertThat(Infoset.equal(tree.write(), xml)).isFalse();
    tree.edit().remove(added.id());
    for (CpixPart part : List.of(CpixPart.DRM_SYSTEMS, CpixPart.USAGE_RULES)) {
      if (isEmpty(part, content)) {
        tree.edit().remove(part);
      }
    }
    assertThat(Infoset.equal(tree.write(), xml)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void edit_addingWhatIsMissing_saysSoAfterReading(CpixVersion version, long seed) {
    RandomContent random = new RandomContent(seed, version);
    CpixDocument content = random.document();
    ContentKey added = random.key();
    KeyPeriod period = new KeyPeriod("added", 7L, null, null);
    CpixTree tree = CpixTree.read(noisy(content, version, seed));
    tree.edit().add(period).add(added).setContentId("other");
    CpixDocument read = CpixReader.read(tree.write());
    assertThat(read.contentId()).isEqualTo("other");
    List<KeyPeriod> periods = new ArrayList<>(content.keyPeriods());
    periods.add(period);
    assertThat(read.keyPeriods()).isEqualTo(periods);
    assertThat(read.contentKeys()).contains(added).containsAll(content.contentKeys());
    assertThat(read.usageRules()).isEqualTo(content.usageRules());
    assertThat(read.drmSystems()).isEqualTo(content.drmSystems());
  }

  private static boolean isEmpty(CpixPart part, CpixDocument content) {
    return part == CpixPart.DRM_SYSTEMS
        ? content.drmSystems().isEmpty()
        : content.usageRules().isEmpty();
  }

  private static byte[] noisy(CpixDocument content, CpixVersion version, long seed) {
    return new NoisyXml(seed).write(CpixWriter.tree(content, version));
  }
}
