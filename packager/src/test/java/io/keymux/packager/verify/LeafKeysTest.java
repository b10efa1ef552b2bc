package io.keymux.packager.verify;

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
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tracks encrypted with leaf keys: the root is signalled up front, the leaf in each fragment. */
class LeafKeysTest {
  private static final KeyId ROOT = KeyId.parse("0f0e0d0c0b0a09080706050403020100");
  private static final SecretBytes VALUE = TestKeys.secret("2233445566778899aabbccddeeff0011");

  @TempDir Path folder;
  private final Map<KeyId, SecretBytes> keys = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    "CENC, SEGMENTS, 0",
    "CBCS, SINGLE_FILE, 0",
    "CENC, SEGMENTS, 4",
    "CBCS, SINGLE_FILE, 4"
  })
  void package_leafKeys_signalsRootAndLeaf(ProtectionScheme scheme, Layout layout, double period)
      throws Exception {
    JobResult result =
        Keymux.packager()
            .keys(request -> document(request, true, true))
            .run(job(scheme, layout, period));

    assertThat(result.verification().findings()).isEmpty();
    Path output = folder.resolve("out");
    VerificationReport report =
        PresentationVerifier.verify(new VerifyRequest(output, keys, PackagedLadder.SOURCES));
    assertThat(report.findings()).isEmpty();
    assertThat(report.samplesCompared()).isEqualTo(3 * 240 + 470);
    Bytes rootPssh = Objects.requireNonNull(root(scheme).get(0).pssh());
    assertThat(Files.readString(output.resolve("manifest.mpd"))).contains(rootPssh.toBase64());
    assertThat(Files.readString(output.resolve("master.m3u8")))
        .contains("KEYID=0x" + ROOT.toHex().toUpperCase(Locale.ROOT));
    boolean single = layout == Layout.SINGLE_FILE;
    String init = read(output.resolve(single ? "video-360p.mp4" : "video-360p/init.mp4"));
    String first =
        single
            ? init.substring(init.indexOf("moof"))
            : read(output.resolve("video-360p/seg-1.m4s"));
    KeyId leaf = Objects.requireNonNull(result.presentation().tracks().get(0).protection()).keyId();
    assertThat(keys).containsKey(leaf);
    assertThat(init.substring(0, single ? init.indexOf("moof") : init.length()))
        .contains(latin(rootPssh))
        .doesNotContain(latin(widevine(leaf)));
    assertThat(first).contains(latin(widevine(leaf)));
  }

  @Test
  void package_rootOrLeafNotSignalled_isRefused() {
    for (boolean root : List.of(true, false)) {
      assertThatThrownBy(
              () ->
                  Keymux.packager()
                      .keys(request -> document(request, root, !root))
                      .run(job(ProtectionScheme.CENC, Layout.SEGMENTS, 0)))
          .isInstanceOfSatisfying(
              DrmException.class, e -> assertThat(e.code()).isEqualTo("leaf-key-not-signalled"));
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private PackagingJob job(ProtectionScheme scheme, Layout layout, double period) {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .contentId("leaves")
            .systems(DrmSystem.WIDEVINE)
            .scheme(scheme)
            .layout(layout)
            .keyRule(KeyRule.PRESET1)
            .segmentSeconds(2)
            .schedule(new KeySchedule(0, period, KeyChange.SAMPLE_GROUPS))
            .verify(VerifyLevel.FULL)
            .output(folder.resolve("out"));
    PackagedLadder.SOURCES.forEach(job::input);
    return job.build();
  }

  private CpixDocument document(KeyRequest request, boolean signalsRoot, boolean signalsLeaf) {
    List<ContentKey> leaves = new ArrayList<>();
    List<DrmSignaling> signaling = new ArrayList<>();
    if (signalsRoot) {
      signaling.addAll(root(request.scheme()));
    }
    for (KeyId id : request.keyIds()) {
      SecretBytes value = SecretBytes.copyOf(id.toBytes());
      keys.put(id, value);
      leaves.add(new ContentKey(id, value, null, null, KeyDetails.leafOf(ROOT)));
      if (signalsLeaf) {
        signaling.add(
            new DrmSignaling(
                DrmSystem.WIDEVINE.systemId(), id, widevine(id), null, null, null, null));
      }
    }
    return new CpixDocument(
        "leaves",
        "2.3",
        leaves,
        List.of(new RequestedKey(ROOT, request.scheme(), null)),
        signaling,
        List.of(),
        request.rules());
  }

  private static List<DrmSignaling> root(ProtectionScheme scheme) {
    return SignalingGenerator.generate(
        new SignalingRequest(
            "leaves",
            scheme,
            Set.of(DrmSystem.WIDEVINE),
            List.of(new ContentKey(ROOT, VALUE, scheme, null)),
            SignalingSettings.DEFAULT));
  }

  /** A pssh box of version 0 whose data list one KID. */
  private static Bytes widevine(KeyId id) {
    return Bytes.ofHex(
        "000000327073736800000000edef8ba979d64acea3c827dcd51d21ed00000012" + "1210" + id.toHex());
  }

  private static String latin(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
  }

  private static String read(Path file) throws Exception {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
