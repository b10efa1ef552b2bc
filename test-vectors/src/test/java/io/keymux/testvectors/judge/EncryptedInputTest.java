package io.keymux.testvectors.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.matrix.Packaged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others encrypted, packaged anew with another key and scheme, is still the clear source. */
class EncryptedInputTest {
  private static final ContentKey GENERIC = key("31323334353637383930313233343536", PeerFile.KEY);
  private static final ContentKey ROTATED =
      key("32333435363738393031323334353631", "33343536373839302132333435363732");

  /** Writers of cens that other decryptors do not follow either. */
  private static final Set<String> DISAGREES =
      Set.of(
          "b4.CENS.h264_4slice.mp4",
          "cens.flac.audio.mp4",
          "cens.h264_aac.audio.mp4",
          "cens.libopus.audio.mp4");

  @TempDir Path temp;

  static Stream<PeerFile> peerFiles() {
    return PeerFile.all().filter(peer -> !DISAGREES.contains(peer.toString()));
  }

  @BeforeEach
  void assumeVectors() {
    Assumptions.assumeTrue(Repository.hasThirdParty(), "third-party vectors");
  }

  @ParameterizedTest
  @MethodSource("peerFiles")
  void run_peerFileWithItsKey_isTheClearSource(PeerFile peer) throws Exception {
    boolean cenc = peer.file().toString().toLowerCase(Locale.ROOT).contains("cenc.");
    List<JudgedTrack> found =
        repackaged(
            JobInput.of(peer.file()).withKeys(List.of(ROTATED, GENERIC)),
            cenc ? ProtectionScheme.CBCS : ProtectionScheme.CENC);

    assertThat(hashes(found)).isEqualTo(hashes(clear(peer.source(), peer.handler()))).isNotEmpty();
    assertThat(found).allMatch(track -> !track.keyIds().contains(GENERIC.id()));
  }

  @Test
  void run_keysThatRotateInSegments_isTheClearSource() throws Exception {
    Path folder = Repository.thirdParty("packaging/key-rotation/cbcs-raw-rotating");
    List<Path> segments = new ArrayList<>();
    for (String name : List.of("1.m4s", "2.m4s", "3.m4s")) {
      segments.add(folder.resolve(name));
    }
    JobInput input = JobInput.segments(folder.resolve("init.mp4"), segments);

    assertThat(hashes(repackaged(input.withKeys(List.of(GENERIC, ROTATED)), ProtectionScheme.CENC)))
        .isEqualTo(hashes(clear("h264_aac", "vide")));
    DrmException missing = failure(input.withKeys(List.of(GENERIC)));
    assertThat(missing.code()).isEqualTo("source-key-missing");
    assertThat(missing.problem()).contains(ROTATED.id().toString());
  }

  @Test
  void run_clearLead_isTheClearSource() throws Exception {
    Path file = Repository.thirdParty("packaging/key-rotation/cl.mp4");

    assertThat(
            hashes(repackaged(JobInput.of(file).withKeys(List.of(GENERIC)), ProtectionScheme.CBCS)))
        .isEqualTo(hashes(clear("h264_aac", "vide")));
  }

  @Test
  void run_noKeys_refusedWithTheOption() {
    Path file = Repository.thirdParty("packaging/shaka-generated/cenc.hevc.video.mp4");
    DrmException refusal = failure(JobInput.of(file));
    assertThat(refusal.code()).isEqualTo("input-encrypted");
    assertThat(refusal.problem()).contains("cenc, KID 31323334-");
    assertThat(refusal.remedy()).contains("--source-keys");
  }

  /** With the slice header encrypted, a wrong key shows; elsewhere it cannot be noticed. */
  @Test
  void run_wrongKey_saysSoWhereFramesCannotBeParsed() {
    Path file = Repository.thirdParty("packaging/shaka-generated/cbcs.vp9.video.mp4");
    ContentKey wrong = key("31323334353637383930313233343536", "00112233445566778899aabbccddeeff");
    DrmException refusal = failure(JobInput.of(file).withKeys(List.of(wrong)));
    assertThat(refusal.remedy()).contains("source key");
  }

  private DrmException failure(JobInput input) {
    return catchThrowableOfType(DrmException.class, () -> repackaged(input, ProtectionScheme.CBCS));
  }

  private List<JudgedTrack> repackaged(JobInput input, ProtectionScheme scheme)
      throws IOException, InterruptedException {
    Packaged packaged =
        Packaged.run(
            List.of(),
            new Packaged.Options(scheme, Layout.SEGMENTS, KeyRule.ofId("preset1"), 2),
            job -> job.input(input).verify(VerifyLevel.FULL),
            temp.resolve("out"));
    List<JudgedTrack> tracks = new ArrayList<>();
    for (PackagedTrack track : packaged.tracks()) {
      Path joined = temp.resolve("joined.mp4");
      packaged.join(track, joined);
      tracks.addAll(ReferenceDecryptor.decrypt(List.of(joined), packaged.keys()));
    }
    return tracks;
  }

  private static List<JudgedTrack> clear(String source, String handler) throws IOException {
    return ClearSamples.read(Repository.thirdParty("packaging/clear-sources/" + source + ".mp4"))
        .stream()
        .filter(track -> handler.isEmpty() || track.handler().equals(handler))
        .toList();
  }

  private static List<String> hashes(List<JudgedTrack> tracks) {
    return tracks.stream().map(JudgedTrack::streamHash).toList();
  }

  private static ContentKey key(String keyId, String value) {
    return new ContentKey(
        KeyId.parse(keyId), SecretBytes.copyOf(HexFormat.of().parseHex(value)), null, null);
  }
}
