package io.keymux.testvectors.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.keyserver.RawKeys;
import io.keymux.packager.Keymux;
import io.keymux.packager.ResignResult;
import io.keymux.packager.asset.AssetInputs;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.ResignJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.judge.ClearSamples;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.KeyRing;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.matrix.TestKeys;
import io.keymux.testvectors.oracle.ShakaPackager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An asset of Shaka Packager is signalled anew, encrypted anew and decrypted. The judge decrypts
 * what comes out, and its elementary streams are those of the input.
 */
class ForeignAssetIT {
  private static final String KID = "31323334353637383930313233343536";
  private static final String KEY = "32333435363738393021323334354637";
  private static final List<String> NAMES = List.of("video-360p", "video-720p", "audio-stereo");
  private static final byte[] MOOV = {'m', 'o', 'o', 'v'};

  @TempDir Path temp;

  @BeforeEach
  void requireTool() {
    ShakaPackager.require();
  }

  @ParameterizedTest
  @CsvSource({"cenc, false", "cenc, true", "cbcs, false", "cbcs, true"})
  void shakaAsset_signalledAnew_sameMediaOtherSystems(String scheme, boolean single)
      throws Exception {
    Path asset = pack(scheme, single);
    Path anew = temp.resolve("anew");
    ResignResult result =
        Keymux.packager()
            .keys(RawKeys.parse(List.of(KID + ":" + KEY)))
            .resign(
                new ResignJob(
                    asset,
                    anew,
                    "shaka",
                    Set.of(DrmSystem.PLAYREADY, DrmSystem.CLEARKEY),
                    SignalingSettings.DEFAULT
                        .withLicenseUrl(DrmSystem.CLEARKEY, "https://licence.example/ck")
                        .withKeyUri("https://keys.example/{kid}"),
                    null,
                    VerifyLevel.FULL),
                ProgressListener.NONE,
                new CancelToken());

    assertThat(result.keyIds()).containsExactly(KeyId.parse(KID));
    assertThat(result.verification().samplesDecrypted()).isPositive();
    for (Path file : Repository.list(asset, single ? ".mp4" : ".m4s")) {
      byte[] before = Files.readAllBytes(file);
      byte[] after = Files.readAllBytes(anew.resolve(asset.relativize(file)));
      assertThat(single ? behindMoov(after) : after)
          .isEqualTo(single ? behindMoov(before) : before);
    }
    assertThat(Files.readString(anew.resolve("manifest.mpd")))
        .contains(DrmSystem.PLAYREADY.systemId().toString(), "https://licence.example/ck")
        .doesNotContain(DrmSystem.WIDEVINE.systemId().toString());
    assertThat(hashes(anew, single)).isEqualTo(clearHashes());
  }

  @ParameterizedTest
  @CsvSource({"cenc, false, master.m3u8", "cbcs, true, manifest.mpd"})
  void shakaAsset_encryptedAnewAndDecrypted_sameStreams(
      String scheme, boolean single, String manifest) throws Exception {
    AssetInputs asset = AssetInputs.read(pack(scheme, single).resolve(manifest));
    assertThat(asset.inputs()).hasSize(NAMES.size());
    TestKeys keys = new TestKeys();
    ProtectionScheme other = scheme.equals("cenc") ? ProtectionScheme.CBCS : ProtectionScheme.CENC;
    Path anew = temp.resolve("anew");
    Keymux.packager().keys(keys).run(job(asset, anew).scheme(other).build());
    assertThat(judged(anew, keys.ring())).isEqualTo(clearHashes());

    Path clear = temp.resolve("clear");
    Keymux.packager().run(job(asset, clear).schedule(KeySchedule.NEVER).build());
    assertThat(judged(clear, KeyRing.empty())).isEqualTo(clearHashes());
  }

  private static PackagingJob.Builder job(AssetInputs asset, Path output) {
    ContentKey key =
        new ContentKey(
            KeyId.parse(KID), SecretBytes.copyOf(HexFormat.of().parseHex(KEY)), null, null);
    PackagingJob.Builder job = PackagingJob.builder().segmentSeconds(2).output(output);
    asset.inputs().forEach(input -> job.input(input.withKeys(List.of(key))));
    return job;
  }

  private Path pack(String scheme, boolean single) throws IOException {
    Path asset = Files.createDirectories(temp.resolve("asset"));
    List<String> arguments = new ArrayList<>();
    for (String name : NAMES) {
      boolean audio = name.startsWith("audio");
      String stream =
          "in=%s,stream=%s,playlist_name=%s.m3u8,drm_label=K"
              .formatted(
                  Repository.file("test-vectors/vectors/sample-ladder/" + name + ".mp4"),
                  audio ? "audio" : "video",
                  name);
      stream += audio ? ",hls_group_id=audio,hls_name=Sound" : "";
      arguments.add(
          single
              ? stream + ",output=" + asset + "/" + name + ".mp4"
              : stream
                  + ",init_segment=%s/%s/init.mp4,segment_template=%s/%s/$Number$.m4s"
                      .formatted(asset, name, asset, name));
    }
    arguments.addAll(
        List.of(
            "--enable_raw_key_encryption",
            "--keys",
            "label=K:key_id=" + KID + ":key=" + KEY,
            "--protection_scheme",
            scheme,
            "--protection_systems",
            "Widevine",
            "--clear_lead",
            "0",
            "--segment_duration",
            "2",
            "--generate_static_live_mpd",
            "--mpd_output",
            asset + "/manifest.mpd",
            "--hls_master_playlist_output",
            asset + "/master.m3u8"));
    if (single) {
      arguments.remove("--generate_static_live_mpd");
    }
    ShakaPackager.pack(arguments);
    return asset;
  }

  private static List<String> hashes(Path asset, boolean single) throws IOException {
    KeyRing keys = KeyRing.empty().with(KID, KEY);
    List<String> hashes = new ArrayList<>();
    for (String name : NAMES) {
      List<Path> files = new ArrayList<>();
      if (single) {
        files.add(asset.resolve(name + ".mp4"));
      } else {
        files.add(asset.resolve(name + "/init.mp4"));
        for (int i = 1; Files.exists(asset.resolve(name + "/" + i + ".m4s")); i++) {
          files.add(asset.resolve(name + "/" + i + ".m4s"));
        }
      }
      hashes.add(ReferenceDecryptor.decrypt(files, keys).get(0).streamHash());
    }
    return hashes;
  }

  /** Of our own output, track by track. */
  private static List<String> judged(Path output, KeyRing keys) throws IOException {
    List<String> hashes = new ArrayList<>();
    for (String track : List.of("video-360p", "video-720p", "audio-2ch")) {
      List<Path> files = new ArrayList<>();
      files.add(output.resolve(track + "/init.mp4"));
      for (int i = 1; Files.exists(output.resolve(track + "/seg-" + i + ".m4s")); i++) {
        files.add(output.resolve(track + "/seg-" + i + ".m4s"));
      }
      hashes.add(ReferenceDecryptor.decrypt(files, keys).get(0).streamHash());
    }
    return hashes;
  }

  private static List<String> clearHashes() throws IOException {
    List<String> hashes = new ArrayList<>();
    for (String name : NAMES) {
      Path source = Repository.file("test-vectors/vectors/sample-ladder/" + name + ".mp4");
      List<JudgedTrack> tracks = ClearSamples.read(source);
      hashes.add(tracks.get(0).streamHash());
    }
    return hashes;
  }

  private static byte[] behindMoov(byte[] file) {
    for (int at = 4; at < file.length; at++) {
      if (Arrays.equals(MOOV, Arrays.copyOfRange(file, at, at + 4))) {
        int size = java.nio.ByteBuffer.wrap(file).getInt(at - 4);
        return Arrays.copyOfRange(file, at - 4 + size, file.length);
      }
    }
    throw new AssertionError("no moov");
  }
}
