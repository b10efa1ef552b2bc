package io.keymux.packager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyDetails;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.codec.SampleParser;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.codec.VideoRange;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.HdcpLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PlaybackPolicy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptionPlanTest {
  private static final KeyId KID = KeyId.parse("eb676abbcb345e96bbcf616630f1a3da");
  private static final UUID UNKNOWN_SYSTEM =
      UUID.fromString("00000000-0000-0000-0000-00000000cafe");
  private static final Bytes GIVEN = Bytes.ofHex("0102");

  private final TrackSource video = FakeTrack.video(25, 300, 1, 50).build();
  private final TrackSource audio = FakeTrack.audio(12).build();

  @Test
  void of_cenc_countsIvsUpAndHasNoPattern() {
    EncryptionPlan plan = plan(job().build(), document(key(null, null)));

    TrackEncryption first = encryption(plan, 0);
    assertThat(first.ivs().constant()).isNull();
    assertThat(first.ivs().perSampleBytes()).isEqualTo(8);
    assertThat(first.pattern()).isEqualTo(Pattern.NONE);
    assertThat(
            IvPlanner.meetsAny(
                List.of(new long[] {firstIv(first), 300}),
                firstIv(encryption(plan, 1)),
                audio.media().samples().count()))
        .isFalse();
  }

  @Test
  void of_codecWhoseHeadersAreNotMeasured_cencOnly() {
    TrackSource unmeasured =
        new TrackSource(
            video.track(),
            video.details(),
            video.media(),
            new TrackCodec("vvc1.1.L51.CA", 2, 2, VideoRange.SDR, false, 0, 0, new Unmeasured()),
            video.source(),
            video.fingerprint());
    CpixDocument document = document(key(null, null));

    PackagingJob cbcs = job().scheme(ProtectionScheme.CBCS).build();

    assertThat(plan(job().build(), document, List.of(unmeasured)).tracks()).hasSize(1);
    assertThatThrownBy(() -> plan(cbcs, document, List.of(unmeasured)))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("codec-unsupported"))
        .hasMessageContaining("vvc1.1.L51.CA cannot be encrypted in cbcs");
  }

  @Test
  void of_cbcs_hasOneConstantIvAndAPatternForVideoOnly() {
    EncryptionPlan plan =
        plan(job().scheme(ProtectionScheme.CBCS).build(), document(key(null, null)));

    TrackEncryption first = encryption(plan, 0);
    TrackEncryption second = encryption(plan, 1);
    assertThat(first.ivs().constant()).isNotNull().isEqualTo(second.ivs().constant());
    assertThat(first.pattern()).isEqualTo(Pattern.ONE_OF_TEN);
    assertThat(second.pattern()).isEqualTo(Pattern.NONE);
    assertThat(first.ivs().perSampleBytes()).isZero();
  }

  @Test
  void of_keyForAnotherScheme_isRefused() {
    assertThatThrownBy(() -> plan(job().build(), document(key(ProtectionScheme.CBCS, null))))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("scheme-mismatch");
              assertThat(e.problem()).contains(KID.toString(), "cbcs", "cenc");
            });
  }

  @Test
  void of_keyServersSignalling_goesBeforeOurs() {
    CpixDocument document =
        document(
            key(null, null),
            signaling(DrmSystem.WIDEVINE.systemId()),
            signaling(DrmSystem.CLEARKEY.systemId()),
            signaling(UNKNOWN_SYSTEM));

    List<DrmSignaling> signaling = encryption(plan(job().build(), document), 0).signaling();

    assertThat(signaling)
        .extracting(DrmSignaling::systemId)
        .containsExactly(
            DrmSystem.WIDEVINE.systemId(), DrmSystem.PLAYREADY.systemId(), UNKNOWN_SYSTEM);
    assertThat(signaling.get(0).pssh()).isEqualTo(GIVEN);
    assertThat(signaling.get(1).pssh()).isNotEqualTo(GIVEN);
  }

  @Test
  void of_clearTrack_hasNoEncryption() {
    EncryptionPlan plan = plan(job().clearTrack("audio").build(), document(key(null, null)));

    assertThat(plan.tracks().get(0).encryption()).isNotNull();
    assertThat(plan.tracks().get(1).encryption()).isNull();
  }

  @Test
  void files_bothLayouts_areThoseOfTheContract() {
    CpixDocument document = document(key(null, null));

    assertThat(plan(job().build(), document).files())
        .containsExactly(
            "video/init.mp4",
            "video/seg-1.m4s",
            "video/seg-2.m4s",
            "audio/init.mp4",
            "audio/seg-1.m4s",
            "audio/seg-2.m4s");
    assertThat(plan(job().layout(Layout.SINGLE_FILE).build(), document).files())
        .containsExactly("video.mp4", "audio.mp4");
  }

  @ParameterizedTest
  @CsvSource({
    // 12 s in segments of 6: lead, period, periods, parts with new init segments
    "0, 0, 1, 1",
    "0, 1, 2, 2",
    "0, 6, 2, 2",
    "0, 7, 1, 1",
    "6, 1, 1, 1",
    "6, 0, 1, 1"
  })
  void timeline_anySchedule_countsOnlyPeriodsWithSegments(
      double lead, double period, int periods, int parts) {
    PackagingJob job = job().schedule(new KeySchedule(lead, period, KeyChange.NEW_PERIODS)).build();
    List<TrackSource> sources = List.of(video, audio);
    KeyTimeline timeline = KeyTimeline.of(job, sources);

    assertThat(timeline.keyPeriods()).isEqualTo(periods);
    List<CpixDocument> documents = Collections.nCopies(periods, document(key(null, null)));
    EncryptionPlan plan = EncryptionPlan.of(job, sources, timeline, documents);
    assertThat(plan.tracks()).extracting(TrackPlan::part).hasSize(2 * parts);
    assertThat(plan.tracks().stream().mapToInt(TrackPlan::part).max()).hasValue(parts - 1);
  }

  @Test
  void timeline_clearLeadOverTheEnd_isRefused() {
    PackagingJob job = job().schedule(new KeySchedule(60, 0, KeyChange.NEW_PERIODS)).build();

    assertThatThrownBy(() -> KeyTimeline.of(job, List.of(video, audio)))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("clear-lead-too-long"));
  }

  @ParameterizedTest
  @CsvSource({"TYPE-1,, TYPE_1", "TYPE-0, TYPE_0, TYPE_0", "'', NONE, NONE"})
  void of_hdcpLevelOfKey_isThatOfItsVideo(
      String ofKey, @Nullable HdcpLevel ofJob, HdcpLevel expected) {
    CpixDocument document = document(withHdcp(ofKey.isEmpty() ? null : ofKey));

    EncryptionPlan plan = plan(job().build(), document, List.of(withPolicy(ofJob)));

    assertThat(plan.tracks().get(0).details().policy().hdcp()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"TYPE-1, TYPE_0", "TYPE-3,"})
  void of_hdcpLevelsThatContradict_isRefused(String ofKey, @Nullable HdcpLevel ofJob) {
    List<TrackSource> sources = List.of(withPolicy(ofJob));

    assertThatThrownBy(() -> plan(job().build(), document(withHdcp(ofKey)), sources))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("hdcp-level-conflict"));
  }

  private TrackSource withPolicy(@Nullable HdcpLevel level) {
    return new TrackSource(
        video.track(),
        video.details().with(new PlaybackPolicy(level, null)),
        video.media(),
        video.codec(),
        video.source(),
        video.fingerprint());
  }

  private static ContentKey withHdcp(@Nullable String level) {
    return new ContentKey(
        KID,
        SecretBytes.copyOf(new byte[16]),
        null,
        null,
        new KeyDetails(null, null, null, level, null));
  }

  private EncryptionPlan plan(PackagingJob job, CpixDocument document) {
    return plan(job, document, List.of(video, audio));
  }

  private static EncryptionPlan plan(
      PackagingJob job, CpixDocument document, List<TrackSource> sources) {
    return EncryptionPlan.of(job, sources, KeyTimeline.of(job, sources), List.of(document));
  }

  private static long firstIv(TrackEncryption encryption) {
    return ((SampleIvs.Counting) encryption.ivs()).first();
  }

  private static TrackEncryption encryption(EncryptionPlan plan, int track) {
    return Objects.requireNonNull(plan.tracks().get(track).encryption());
  }

  private static PackagingJob.Builder job() {
    return PackagingJob.builder()
        .input(Path.of("a.mp4"))
        .output(Path.of("out"))
        .scheme(ProtectionScheme.CENC);
  }

  private static CpixDocument document(ContentKey key, DrmSignaling... signaling) {
    return new CpixDocument(
        "a", "2.3", List.of(key), List.of(), List.of(signaling), List.of(), List.of());
  }

  private static DrmSignaling signaling(UUID system) {
    return new DrmSignaling(system, KID, GIVEN, null, null, null, null);
  }

  private static ContentKey key(@Nullable ProtectionScheme scheme, @Nullable Bytes iv) {
    return new ContentKey(KID, SecretBytes.copyOf(new byte[16]), scheme, iv);
  }

  private record Unmeasured() implements SubsampleCodec {
    @Override
    public SampleParser newSampleParser() {
      return (data, offset, length, ranges) -> ranges.protectable(length);
    }

    @Override
    public boolean needsWholeSegment() {
      return false;
    }

    @Override
    public boolean measuresHeaders() {
      return false;
    }
  }
}
