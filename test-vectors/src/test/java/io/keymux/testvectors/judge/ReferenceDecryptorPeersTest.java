package io.keymux.testvectors.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.testvectors.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other packagers encrypted comes out as the clear source: every file is a case. */
class ReferenceDecryptorPeersTest {
  private static final KeyRing GENERIC =
      KeyRing.empty().with("31323334353637383930313233343536", "32333435363738393021323334353637");

  static Stream<PeerFile> peerFiles() {
    return PeerFile.all();
  }

  /** Bento4 restarts the cens pattern elsewhere; Shaka leaves the tail of cens audio clear. */
  private static final Set<String> DISAGREES =
      Set.of(
          "b4.CENS.h264_4slice.mp4",
          "cens.flac.audio.mp4",
          "cens.h264_aac.audio.mp4",
          "cens.libopus.audio.mp4");

  @ParameterizedTest
  @MethodSource("peerFiles")
  void decrypt_peerFile_isTheClearSource(PeerFile peer) throws IOException {
    Assumptions.assumeTrue(Repository.hasThirdParty(), "third-party vectors");
    Path source = Repository.thirdParty("packaging/clear-sources/" + peer.source() + ".mp4");
    List<JudgedTrack> clear =
        ClearSamples.read(source).stream()
            .filter(track -> peer.handler().isEmpty() || track.handler().equals(peer.handler()))
            .toList();

    List<JudgedTrack> decrypted = ReferenceDecryptor.decrypt(List.of(peer.file()), GENERIC);

    if (DISAGREES.contains(peer.toString())) {
      assertThat(hashes(decrypted)).isNotEqualTo(hashes(clear));
      return;
    }
    assertThat(hashes(decrypted)).isEqualTo(hashes(clear)).isNotEmpty();
    for (int i = 0; i < clear.size(); i++) {
      assertThat(decrypted.get(i).format()).isEqualTo(clear.get(i).format());
      assertThat(decrypted.get(i).keyIds()).hasSize(1);
    }
    assertThat(hashes(ReferenceDecryptor.decrypt(List.of(peer.file()), GENERIC.wrong())))
        .doesNotContainAnyElementsOf(hashes(clear));
  }

  @Test
  void decrypt_aKeyForEachTrack_isTheClearSource() throws IOException {
    KeyRing ring =
        KeyRing.empty()
            .with("a0000000000000000000000000000001", "a1000000000000000000000000000001")
            .with("b0000000000000000000000000000002", "b1000000000000000000000000000002")
            .with("c0000000000000000000000000000003", "c1000000000000000000000000000003");
    Path folder = Repository.thirdParty("packaging/multi-key/cenc");
    List<JudgedTrack> clear =
        ClearSamples.read(Repository.thirdParty("packaging/clear-sources/h264_aac.mp4"));
    List<JudgedTrack> clearHd =
        ClearSamples.read(Repository.thirdParty("packaging/clear-sources/hd.mp4"));

    assertThat(hashes(ReferenceDecryptor.decrypt(List.of(folder.resolve("hd.mp4")), ring)))
        .isEqualTo(hashes(clearHd));
    assertThat(hashes(ReferenceDecryptor.decrypt(List.of(folder.resolve("sd.mp4")), ring)))
        .isEqualTo(hashes(clear.subList(0, 1)));
    assertThat(hashes(ReferenceDecryptor.decrypt(List.of(folder.resolve("a.mp4")), ring)))
        .isEqualTo(hashes(clear.subList(1, 2)));
  }

  @Test
  void decrypt_keysThatRotate_isTheClearSource() throws IOException {
    Path folder = Repository.thirdParty("packaging/key-rotation/cbcs-raw-rotating");
    List<Path> parts = new ArrayList<>();
    for (String name : List.of("init.mp4", "1.m4s", "2.m4s", "3.m4s")) {
      parts.add(folder.resolve(name));
    }
    KeyRing ring =
        GENERIC.with("32333435363738393031323334353631", "33343536373839302132333435363732");

    JudgedTrack track = ReferenceDecryptor.decrypt(parts, ring).get(0);

    assertThat(track.keyIds()).hasSize(2);
    assertThat(track.streamHash())
        .isEqualTo(
            ClearSamples.read(Repository.thirdParty("packaging/clear-sources/h264_aac.mp4"))
                .get(0)
                .streamHash());
  }

  @Test
  void decrypt_clearLead_isTheClearSource() throws IOException {
    Path file = Repository.thirdParty("packaging/key-rotation/cl.mp4");

    JudgedTrack track = ReferenceDecryptor.decrypt(List.of(file), GENERIC).get(0);

    assertThat(track.samples()).anyMatch(sample -> sample.cover() == null);
    assertThat(track.samples()).anyMatch(sample -> sample.cover() != null);
    assertThat(track.streamHash())
        .isEqualTo(
            ClearSamples.read(Repository.thirdParty("packaging/clear-sources/h264_aac.mp4"))
                .get(0)
                .streamHash());
  }

  /** Its tfhd has a base data offset, but its saio counts from the moof. */
  @Test
  void decrypt_saioFromAnotherBase_isRefused() {
    Path file = Repository.thirdParty("packaging/media3/sample_fragmented_clearkey.mp4");
    KeyRing ring =
        KeyRing.empty()
            .with("cd7eb9ff88f34caeb06185b00024e4c2", "63cb5f7184dd4b689a5c5ff11ee6a328");

    assertThatThrownBy(() -> ReferenceDecryptor.decrypt(List.of(file), ring))
        .isInstanceOf(UnreadableMediaException.class)
        .hasMessageContaining("saio offset is 2959, should be 1618");
  }

  private static List<String> hashes(List<JudgedTrack> tracks) {
    return tracks.stream().map(JudgedTrack::streamHash).toList();
  }
}
