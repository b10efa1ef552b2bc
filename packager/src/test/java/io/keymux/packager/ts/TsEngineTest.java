package io.keymux.packager.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.packager.plan.TrackPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole inputs through the engine; the product's own reader compares every sample. */
class TsEngineTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root", ".."))
          .resolve("test-vectors/vectors/sample-ladder");

  @TempDir Path folder;

  /** What goes into which files. */
  enum Form {
    APART,
    TOGETHER,
    PACKED;

    List<TsRendition> clear(List<TrackPlan> plans) {
      return switch (this) {
        case APART -> PackedTs.apart(plans);
        case TOGETHER -> PackedTs.together(plans);
        case PACKED -> PackedTs.packed(plans.subList(plans.size() - 1, plans.size()));
      };
    }

    Function<List<TrackPlan>, List<TsRendition>> with(SegmentProtection.Method method) {
      return plans -> PackedTs.encrypted(clear(plans), method);
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void pack_clear_givesEverySampleBack(Form form) throws Exception {
    prove(form::clear);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void pack_aes128_givesEverySampleBack(Form form) throws Exception {
    prove(form.with(SegmentProtection.Method.AES_128));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void pack_sampleAes_givesEverySampleBack(Form form) throws Exception {
    prove(form.with(SegmentProtection.Method.SAMPLE_AES));
  }

  /** Codecs, slices and frame orders that the ladder lacks. */
  @ParameterizedTest
  @ValueSource(strings = {"h264_aac", "h264_4slice", "h264_45slices", "hd", "ac3", "eac3"})
  void pack_otherCodecs_giveEverySampleBack(String name) throws Exception {
    Path input = vector(name);

    for (SegmentProtection.Method method : SegmentProtection.Method.values()) {
      PackedTs.Result result =
          PackedTs.pack(folder.resolve(method.name()), 2, Form.TOGETHER.with(method), input);

      assertThat(result.problems()).isEmpty();
      assertThat(result.compared()).isEqualTo(result.samples()).isPositive();
    }
  }

  @Test
  void pack_hevc_isCarriedButNotWithSampleAes() throws Exception {
    Path input = vector("hevc");

    PackedTs.Result result =
        PackedTs.pack(
            folder.resolve("a"), 2, Form.APART.with(SegmentProtection.Method.AES_128), input);

    assertThat(result.problems()).isEmpty();
    assertThat(result.compared()).isEqualTo(result.samples()).isPositive();
    assertRefused(
        "sample-aes-not-defined", Form.APART.with(SegmentProtection.Method.SAMPLE_AES), input);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flac", "libopus"})
  void pack_codecThatHlsHasInMp4Only_isRefused(String name) {
    assertRefused("codec-not-in-ts", Form.APART::clear, vector(name));
  }

  @Test
  void pack_videoAsPackedAudio_isRefused() {
    assertRefused("codec-not-in-ts", PackedTs::packed, LADDER.resolve("video-360p.mp4"));
  }

  @Test
  void pack_anyNumberOfThreads_sameBytes() throws Exception {
    Map<String, byte[]> one = contents(1);
    Map<String, byte[]> four = contents(4);

    assertThat(four.keySet()).isEqualTo(one.keySet()).hasSizeGreaterThan(4);
    one.forEach((name, bytes) -> assertThat(four.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void pack_segments_followEachOtherInTime() throws Exception {
    PackedTs.Result result = PackedTs.pack(folder.resolve("out"), 2, PackedTs::together, ladder());

    TsOutput output = result.outputs().get(0);
    long end = 0;
    for (int i = 0; i < output.segments().size(); i++) {
      assertThat(output.segments().get(i).number()).isEqualTo(i + 1);
      assertThat(output.segments().get(i).start()).isEqualTo(end);
      assertThat(output.segments().get(i).range().length())
          .isEqualTo(Files.size(folder.resolve("out").resolve(output.segments().get(i).path())));
      end += output.segments().get(i).duration();
    }
  }

  private void prove(Function<List<TrackPlan>, List<TsRendition>> renditions) throws Exception {
    PackedTs.Result result = PackedTs.pack(folder.resolve("out"), 2, renditions, ladder());

    assertThat(result.problems()).isEmpty();
    assertThat(result.compared()).isEqualTo(result.samples()).isGreaterThan(100);
  }

  private void assertRefused(
      String code, Function<List<TrackPlan>, List<TsRendition>> renditions, Path input) {
    assertThatThrownBy(() -> PackedTs.pack(folder.resolve("refused"), 2, renditions, input))
        .isInstanceOfSatisfying(DrmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private Map<String, byte[]> contents(int workers) throws Exception {
    Path out = folder.resolve("w" + workers);
    PackedTs.pack(out, 2, workers, Form.APART.with(SegmentProtection.Method.SAMPLE_AES), ladder());
    Map<String, byte[]> contents = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(out)) {
      paths.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      contents.put(out.relativize(file).toString(), read(file));
    }
    return contents;
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private static Path[] ladder() {
    return new Path[] {LADDER.resolve("video-360p.mp4"), LADDER.resolve("audio-stereo.mp4")};
  }

  private static Path vector(String name) {
    Path file =
        Path.of(System.getProperty("keymux.vectors", "absent"))
            .resolve("packaging/clear-sources/" + name + ".mp4");
    Assumptions.assumeTrue(Files.isRegularFile(file), file + " is not there");
    return file;
  }
}
