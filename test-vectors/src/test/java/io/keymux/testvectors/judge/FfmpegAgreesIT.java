package io.keymux.testvectors.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.testvectors.Repository;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ffmpeg as the other opinion on what the judge reads. */
class FfmpegAgreesIT {

  static Stream<Path> clearFiles() {
    List<Path> files = new ArrayList<>(Repository.sampleLadder());
    if (Repository.hasThirdParty()) {
      files.addAll(Repository.list(Repository.thirdParty("packaging/clear-sources"), ".mp4"));
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("clearFiles")
  void read_clearFile_agrees(Path file) throws IOException {
    List<JudgedTrack> tracks = ClearSamples.read(file);

    assertThat(tracks).isNotEmpty();
    for (int i = 0; i < tracks.size(); i++) {
      assertThat(tracks.get(i).streamHash()).isEqualTo(Ffmpeg.streamHash(file, i));
    }
  }

  /** Without cens, about which the tools disagree. */
  static Stream<PeerFile> peerFiles() {
    return PeerFile.all().filter(peer -> !peer.isCens());
  }

  @ParameterizedTest
  @MethodSource("peerFiles")
  void decrypt_peerFile_agrees(PeerFile peer) throws IOException {
    Assumptions.assumeTrue(Repository.hasThirdParty(), "third-party vectors");

    List<JudgedTrack> tracks = ReferenceDecryptor.decrypt(List.of(peer.file()), PeerFile.KEYS);

    for (int i = 0; i < tracks.size(); i++) {
      assertThat(tracks.get(i).streamHash())
          .isEqualTo(Ffmpeg.decryptedStreamHash(peer.file(), PeerFile.KEY, i));
    }
  }
}
