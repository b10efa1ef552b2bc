package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyPeriodSelector;
import io.keymux.cpix.KeyPeriodSelector.ByIndex;
import io.keymux.cpix.KeyResolution;
import io.keymux.cpix.ResolutionContext;
import io.keymux.cpix.ResolutionMode;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.UsageRuleResolver;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole answers, with their reasons, to the rules of third-party documents. */
class RuleVectorTest {
  private static final String FIRST = "40d02dd1-61a3-4787-a155-572325d47b80";
  private static final String SECOND = "0a30ea4f-539d-4b02-94b2-2b3fba2576d3";
  private static final String THIRD = "9f7908fa-5d5c-4097-ba53-50edc2235fbc";
  private static final String ROTATION =
      "dashif-cpix-test-vectors/KeyRotationMultiKeySinglePeriod.xml";
  private static final String OVERLAP =
      "aws-speke-v2-suite/generated-live/test_case_2_p_v_3_a_2/1_widevine.xml";

  @Test
  void resolve_ambiguousRules_areAsTheirReadmeSays() {
    CpixDocument document = read("made-here/ambiguous_rules.xml");
    assertThat(resolve(document, video(921_600)).explain())
        .containsExactly(
            "t (921600x1, 25.000 fps, 0 bit/s): no key, as it is ambiguous. It matches usage rules"
                + " of 2 content keys: "
                + FIRST
                + ", "
                + SECOND
                + ".",
            "Usage rule 1 matches by VideoFilter minPixels=1 (track has 921600 pixels).",
            "Usage rule 2 matches by VideoFilter maxPixels=921600 (track has 921600 pixels).");
    assertThat(resolve(document, video(921_601)).explain())
        .containsExactly(
            "t (921601x1, 25.000 fps, 0 bit/s): KID "
                + FIRST
                + ". Usage rule 1 matches by VideoFilter minPixels=1 (track has 921601 pixels).",
            "Usage rule 2 does not match: VideoFilter maxPixels=921600: track has 921601 pixels.");
    assertThat(resolve(document, video(0)).explain())
        .containsExactly(
            "t (0x1, 25.000 fps, 0 bit/s): KID "
                + SECOND
                + ". Usage rule 2 matches by VideoFilter maxPixels=921600 (track has 0 pixels).",
            "Usage rule 1 does not match: VideoFilter minPixels=1: track has 0 pixels.");
  }

  @Test
  void resolve_orWithinAndAcross_isAsItsReadmeSays() {
    CpixDocument document = read("made-here/or_within_and_across.xml");
    assertThat(resolve(document, track(TrackType.VIDEO, 1, 0, "stream-2")).explain().get(0))
        .contains("KID " + FIRST)
        .endsWith("Usage rule 1 matches by LabelFilter label=\"stream-2\" and VideoFilter.");
    assertThat(resolve(document, track(TrackType.AUDIO, 0, 128_000, null)).explain())
        .containsExactly(
            "t (2 channels, und, 128000 bit/s): KID "
                + SECOND
                + ". Usage rule 2 matches by AudioFilter and BitrateFilter maxBitrate=128000.",
            "Usage rule 1 does not match: LabelFilter label=\"stream-1\": track has the labels [t];"
                + " LabelFilter label=\"stream-2\": track has the labels [t].",
            "Usage rule 3 does not match: BitrateFilter minBitrate=128001: track has 128000"
                + " bit/s.");
    assertThat(resolve(document, track(TrackType.AUDIO, 0, 128_001, null)).keyId())
        .hasToString("Optional[" + THIRD + "]");
    KeyResolution unlabelled = resolve(document, track(TrackType.VIDEO, 1, 0, null));
    assertThat(unlabelled.outcome()).isEqualTo(KeyResolution.Outcome.NO_MATCH);
    assertThat(unlabelled.others())
        .contains("Usage rule 2 does not match: AudioFilter: track is video.");
  }

  @Test
  void resolve_vendorFilter_forbidsMapping() {
    CpixDocument document = read("made-here/extensions_roundtrip_and_unusable_rule.xml");
    for (Track track : Set.of(video(1), track(TrackType.AUDIO, 0, 1, null))) {
      KeyResolution resolution = resolve(document, track);
      assertThat(resolution.outcome()).isEqualTo(KeyResolution.Outcome.UNUSABLE);
      assertThat(resolution.why())
          .isEqualTo(
              "Usage rule 1 holds a filter that Keymux does not know. One such rule forbids all"
                  + " mapping.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AllAudioStreams, ba6c62d6-4a49-4aa4-8869-ce4d2727a2b5, 1",
    "Stereo, ba6c62d6-4a49-4aa4-8869-ce4d2727a2b5, 1",
    "Telephony, ba6c62d6-4a49-4aa4-8869-ce4d2727a2b5, 2",
    "SD-Video, 37e3de05-9a3b-4c69-8970-63c17a95e0b7, 3",
    "HD-Video, 53abdba2-f210-43cb-bc90-f18f9a890a02, 4",
    "3D-Video, 7ae8e96f-309e-42c3-a510-24023d923373, 5"
  })
  void resolve_labels_giveTheKeyOfTheirRule(String label, String keyId, int rule) {
    CpixDocument document = read("dashif-cpix-test-vectors/UsageRulesBasedOnLabels.xml");
    KeyResolution resolution = resolve(document, track(TrackType.VIDEO, 1, 1, label));
    assertThat(resolution.keyId()).hasToString("Optional[" + keyId + "]");
    assertThat(resolution.why())
        .isEqualTo("Usage rule %d matches by LabelFilter label=\"%s\".".formatted(rule, label));
    assertThat(resolution.others()).hasSize(4);
  }

  /** The published document has explicit IVs that are no base64; they are taken out here. */
  @ParameterizedTest
  @CsvSource({
    "VIDEO, , 7ce7f10d-a91b-41b9-b331-7999fd1abf4c",
    "VIDEO, 1, 7ce7f10d-a91b-41b9-b331-7999fd1abf4c",
    "AUDIO, 1, 988395ce-667a-443a-b9cc-58ad7875a687"
  })
  void resolve_rotationOfOnePeriod_givesItsKeys(
      TrackType type, @Nullable Long index, String expected) {
    CpixDocument document = rotation("<cpix:ContentKeyPeriod id=\"now\" index=\"1\">");
    KeyPeriodSelector selector = index == null ? null : new ByIndex(index);
    KeyResolution resolution =
        UsageRuleResolver.of(document)
            .resolve(ResolutionContext.of(track(type, 1, 1, null)).in(selector));
    assertThat(resolution.keyId()).hasToString("Optional[" + expected + "]");
    assertThat(resolution.explain().get(0)).contains(", key period \"now\": KID ");
  }

  @Test
  void resolve_rotationBesideAnotherPeriod_givesKeysInItsOwnOnly() {
    CpixDocument document =
        rotation(
            "<cpix:ContentKeyPeriod id=\"next\" index=\"2\"/>"
                + "<cpix:ContentKeyPeriod id=\"now\" index=\"1\">");
    UsageRuleResolver resolver = UsageRuleResolver.of(document);
    ResolutionContext video = ResolutionContext.of(video(1));
    assertThat(resolver.resolve(video.in(new ByIndex(1))).keyId()).isPresent();
    assertThat(resolver.resolve(video.in(new ByIndex(2))).outcome())
        .isEqualTo(KeyResolution.Outcome.NO_MATCH);
    assertThat(resolver.resolve(video).outcome()).isEqualTo(KeyResolution.Outcome.UNUSABLE);
  }

  /** The suite's generator leaves HD without an upper bound, so HD and UHD overlap. */
  @ParameterizedTest
  @CsvSource({
    "589824, c5989c76-124c-4bdc-a3bc-4bc96aaa7122, c5989c76-124c-4bdc-a3bc-4bc96aaa7122",
    "589825, ae675f93-b7ea-4c59-9f18-6b2157f6141f, ae675f93-b7ea-4c59-9f18-6b2157f6141f",
    "2073600, ae675f93-b7ea-4c59-9f18-6b2157f6141f, ae675f93-b7ea-4c59-9f18-6b2157f6141f",
    "2073601, , 8aa2aa81-e38c-406b-b7c0-fe68c5c0989b"
  })
  void resolve_overlappingContract_givesTheLastRulesKeyInSpekeOnly(
      int pixels, @Nullable String cpix, String speke) {
    CpixDocument document = read(OVERLAP);
    ResolutionContext context = ResolutionContext.of(video(pixels));
    assertThat(UsageRuleResolver.of(document).resolve(context).keyId().map(String::valueOf))
        .isEqualTo(Optional.ofNullable(cpix));
    KeyResolution last =
        UsageRuleResolver.of(document, ResolutionMode.SPEKE_LAST_RULE).resolve(context);
    assertThat(last.keyId().map(String::valueOf)).contains(speke);
  }

  private static CpixDocument rotation(String period) {
    String text = new String(Resources.vector(ROTATION), UTF_8);
    String changed =
        text.replaceAll(" explicitIV=\"[^\"]*\"", "")
            .replace("<cpix:ContentKeyPeriod id=\"now\" index=\"1\">", period);
    assertThat(changed).contains(period).doesNotContain("explicitIV");
    return CpixReader.read(changed.getBytes(UTF_8));
  }

  private static CpixDocument read(String vector) {
    return CpixReader.read(Resources.vector(vector));
  }

  private static KeyResolution resolve(CpixDocument document, Track track) {
    return UsageRuleResolver.of(document).resolve(ResolutionContext.of(track));
  }

  private static Track video(int pixels) {
    return track(TrackType.VIDEO, pixels, 0, null);
  }

  private static Track track(TrackType type, int pixels, long bitrate, @Nullable String label) {
    Set<String> labels = new HashSet<>(Set.of("t"));
    if (label != null) {
      labels.add(label);
    }
    return new Track("t", type, labels, "und", "", bitrate, pixels, 1, 25, false, false, 2, 48_000);
  }
}
