package io.keymux.testvectors.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.judge.ClearSamples;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.KeyRing;
import io.keymux.testvectors.judge.PlaylistDecryptor;
import io.keymux.testvectors.judge.PlaylistDecryptor.Judged;
import io.keymux.testvectors.judge.PlaylistDecryptor.Use;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.judge.UnreadableMediaException;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * AES-128 with encrypted init segments: the judge and the HLS demuxer of ffmpeg get the input back,
 * and no init segment has the key and IV of another file of the job.
 */
class EncryptedInitIT {
  private static final String VECTOR_KEY = "32333435363738393021323334353637";

  @TempDir private Path work;

  @ParameterizedTest
  @CsvSource({"preset0, 0, 0", "preset1, 0, 0", "preset0, 2, 0", "preset0, 0, 4", "preset1, 2, 4"})
  void package_thenDecrypt_isTheInput(KeyRule rule, double lead, double period) throws Exception {
    Packaged packaged = packaged(rule, new KeySchedule(lead, period, KeyChange.SAMPLE_GROUPS));
    Ffmpeg.require();
    List<String> judged = new ArrayList<>();
    List<String> played = new ArrayList<>();
    List<Use> inits = new ArrayList<>();
    List<Use> segments = new ArrayList<>();
    for (PackagedTrack track : packaged.tracks()) {
      Path playlist = packaged.folder().resolve(track.track().name()).resolve("media.m3u8");
      Judged files = PlaylistDecryptor.decrypt(playlist, uri -> key(packaged.keys(), uri));
      judged.add(hash(files));
      played.add(Ffmpeg.playlistStreamHash(withKeyFiles(playlist, packaged.keys()), 0));
      assertThat(files.inits()).hasSize(1);
      assertThat(files.segments().size() < track.segments().size()).isEqualTo(lead > 0);
      inits.addAll(files.inits());
      segments.addAll(files.segments());
    }
    List<String> clear = new ArrayList<>();
    for (Path input : Repository.sampleLadder()) {
      ClearSamples.read(input).forEach(track -> clear.add(track.streamHash()));
    }
    assertThat(judged).containsExactlyInAnyOrderElementsOf(clear);
    assertThat(played).containsExactlyElementsOf(judged);
    assertThat(inits).doesNotHaveDuplicates().doesNotContainAnyElementsOf(segments);
  }

  @Test
  void decrypt_wrongKey_isRefused() throws Exception {
    Packaged packaged = packaged(KeyRule.PRESET0, KeySchedule.ALWAYS);
    String name = packaged.tracks().get(0).track().name();
    Path playlist = packaged.folder().resolve(name).resolve("media.m3u8");

    assertThatThrownBy(
            () ->
                hash(PlaylistDecryptor.decrypt(playlist, uri -> key(packaged.keys().wrong(), uri))))
        .isInstanceOf(UnreadableMediaException.class);
  }

  /** The judge itself, on files that were made with other programs. */
  @Test
  void decrypt_vectorOfOthers_isTheClearOne() throws IOException {
    Path folder = Repository.thirdParty("packaging/hls-generated");

    Judged files =
        PlaylistDecryptor.decrypt(folder.resolve("aes128fmp4/m.m3u8"), uri -> VECTOR_KEY);

    Judged clear = PlaylistDecryptor.decrypt(folder.resolve("clearfmp4/m.m3u8"), uri -> VECTOR_KEY);
    assertThat(files.media()).isEqualTo(clear.media());
    assertThat(files.inits()).hasSize(1);
    assertThat(Set.copyOf(files.segments())).isEqualTo(Set.copyOf(files.inits()));
    assertThat(clear.segments()).isEmpty();
  }

  private Packaged packaged(KeyRule rule, KeySchedule schedule) throws InterruptedException {
    return Packaged.run(
        Repository.sampleLadder(),
        new Packaged.Options(ProtectionScheme.CBC1, Layout.SEGMENTS, rule, 2),
        job ->
            job.systems(DrmSystem.AES_128)
                .formats(Set.of(OutputFormat.HLS))
                .encryptInit(true)
                .schedule(schedule)
                .signaling(SignalingSettings.DEFAULT.withKeyUri("https://keys.example/{kid}")),
        work.resolve("out"));
  }

  private static String hash(Judged files) {
    List<JudgedTrack> tracks = ReferenceDecryptor.decrypt(files.media(), KeyRing.empty());
    assertThat(tracks).hasSize(1);
    return tracks.get(0).streamHash();
  }

  private static String key(KeyRing keys, String uri) {
    return keys.key(KeyId.parse(uri.substring(uri.lastIndexOf('/') + 1))).orElseThrow();
  }

  /** The same playlist with keys in files beside it, where ffmpeg may read them. */
  private static Path withKeyFiles(Path playlist, KeyRing keys) throws IOException {
    String text = Files.readString(playlist);
    for (Map.Entry<KeyId, String> key : keys.toMap().entrySet()) {
      String file = key.getKey().toHex() + ".key";
      Files.write(playlist.resolveSibling(file), HexFormat.of().parseHex(key.getValue()));
      text = text.replace("https://keys.example/" + key.getKey(), file);
    }
    return Files.writeString(playlist.resolveSibling("local.m3u8"), text);
  }
}
