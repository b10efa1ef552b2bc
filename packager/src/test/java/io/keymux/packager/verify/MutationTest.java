package io.keymux.packager.verify;

import static io.keymux.packager.verify.OutputEdits.add;
import static io.keymux.packager.verify.OutputEdits.bytes;
import static io.keymux.packager.verify.OutputEdits.find;
import static io.keymux.packager.verify.OutputEdits.flip;
import static io.keymux.packager.verify.OutputEdits.tencKeyId;
import static io.keymux.packager.verify.OutputEdits.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.JobResult;
import io.keymux.packager.media.Layout;
import io.keymux.packager.verify.OutputEdits.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our output with one thing changed: the change is found, and called by its name. */
class MutationTest {
  private static final Map<String, Map<KeyId, SecretBytes>> KEYS = new HashMap<>();
  private static final List<Path> SOURCES =
      List.of(PackagedLadder.SOURCES.get(0), PackagedLadder.SOURCES.get(3));

  @TempDir private static Path whole;
  @TempDir private Path folder;

  @BeforeAll
  static void pack() throws InterruptedException {
    for (ProtectionScheme scheme : List.of(ProtectionScheme.CENC, ProtectionScheme.CBCS)) {
      for (Layout layout : Layout.values()) {
        JobResult job =
            PackagedLadder.packInto(
                whole.resolve(name(scheme, layout)), scheme, layout, KeyRule.PRESET1, SOURCES);
        KEYS.put(name(scheme, layout), TestKeys.of(job));
      }
    }
  }

  private static String name(ProtectionScheme scheme, Layout layout) {
    return scheme + "-" + layout;
  }

  static Stream<Arguments> mutations() {
    return Stream.of(
        segments("tenc KID", "mpd-kid-mismatch", bytes("VIDEO/init.mp4", tencKeyId(0))),
        segments("tenc KID, HLS", "hls-kid-mismatch", bytes("VIDEO/init.mp4", tencKeyId(0))),
        segments("tenc KID, pssh", "pssh-kid-mismatch", bytes("VIDEO/init.mp4", tencKeyId(15))),
        segments("mspr:pro KID", "pro-kid-mismatch", bytes("VIDEO/init.mp4", tencKeyId(3))),
        segments("saio", "saio-offset", bytes("VIDEO/seg-1.m4s", add("saio", 19, 1))),
        segments("saiz count", "saiz-count", bytes("AUDIO/seg-1.m4s", add("saiz", 16, 1))),
        segments("saiz size", "saiz-size", bytes("AUDIO/seg-1.m4s", add("saiz", 12, 1))),
        segments("senc count", "senc-count", bytes("AUDIO/seg-1.m4s", add("senc", 15, -1))),
        segments("subsample", "subsamples-size", bytes("VIDEO/seg-1.m4s", add("senc", 27, 16))),
        segments("tfdt", "decode-time-gap", bytes("AUDIO/seg-2.m4s", add("tfdt", 19, 3))),
        segments(
            "tfhd track",
            "fragment-of-unknown-track",
            bytes("AUDIO/seg-2.m4s", add("tfhd", 15, 5))),
        segments(
            "trun offset", "sample-outside-mdat", bytes("AUDIO/seg-1.m4s", add("trun", 19, 1))),
        segments(
            "truncated",
            "malformed-mp4",
            bytes("VIDEO/seg-2.m4s", b -> Arrays.copyOf(b, b.length - 9))),
        segments("swapped", "decode-time-gap", OutputEdits::swap),
        segments("removed", "file-missing", out -> Files.delete(find(out, "VIDEO/seg-2.m4s"))),
        segments("IV", "iv-reused", bytes("AUDIO/seg-1.m4s", OutputEdits::repeatIv)),
        segments(
            "media byte", "not-the-source", bytes("VIDEO/seg-1.m4s", b -> flip(b, b.length - 40))),
        segments("schm", "unknown-scheme", bytes("VIDEO/init.mp4", add("schm", 12, 1))),
        segments(
            "MPD scheme",
            "mpd-scheme-mismatch",
            text("manifest.mpd", "value=\"cenc\"", "value=\"cbcs\"")),
        segments(
            "FairPlay",
            "fairplay-in-mpd",
            text(
                "manifest.mpd",
                "urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed",
                "urn:uuid:94ce86fb-07ff-4f43-adb8-93d2fa968ca2")),
        segments(
            "no protection",
            "manifest-says-clear",
            text("manifest.mpd", "ContentProtection", "EssentialProperty")),
        segments(
            "S@d", "segment-duration", text("manifest.mpd", "(<S d=\"\\d*)\\d\\d\\d\"", "$1999\"")),
        segments(
            "@bandwidth",
            "bandwidth-too-low",
            text("manifest.mpd", "bandwidth=\"(\\d+)\\d\"", "bandwidth=\"$1\"")),
        segments(
            "template", "template-malformed", text("manifest.mpd", "\\$Number\\$", "\\$Numero\\$")),
        segments(
            "BANDWIDTH",
            "bandwidth-too-low",
            text("master.m3u8", ":BANDWIDTH=(\\d+)\\d,", ":BANDWIDTH=$1,")),
        segments("@codecs", "codecs-mismatch", text("manifest.mpd", "avc1", "hvc1")),
        segments(
            "profile", "codecs-differ", text("master.m3u8", "avc1.[0-9a-f]{6}", "avc1.4d4033")),
        segments(
            "CODECS too many",
            "codecs-mismatch",
            text("master.m3u8", "CODECS=\"", "CODECS=\"ac-3,")),
        segments(
            "@width",
            "resolution-differs",
            text("manifest.mpd", "width=\"\\d+\"", "width=\"1234\"")),
        segments(
            "FRAME-RATE",
            "frame-rate-too-low",
            text("master.m3u8", "FRAME-RATE=\\d+", "FRAME-RATE=12")),
        segments(
            "BANDWIDTH too high",
            "bandwidth-too-high",
            text("master.m3u8", ":BANDWIDTH=(\\d+),", ":BANDWIDTH=1$1,")),
        segments(
            "picture's place",
            "hls-iframe-range",
            text("VIDEO/iframes.m3u8", "BYTERANGE:(\\d+)@24", "BYTERANGE:$1@25")),
        segments(
            "picture's size",
            "hls-iframe-range",
            text("VIDEO/iframes.m3u8", "BYTERANGE:(\\d+)\\d@", "BYTERANGE:$1@")),
        segments(
            "METHOD",
            "hls-method-mismatch",
            text("VIDEO/media.m3u8", "SAMPLE-AES-CTR", "SAMPLE-AES")),
        segments(
            "EXTINF", "segment-duration", text("VIDEO/media.m3u8", "EXTINF:4.0", "EXTINF:3.9")),
        segments(
            "long EXTINF",
            "extinf-above-target",
            text("VIDEO/media.m3u8", "EXTINF:4.0", "EXTINF:4.6")),
        segments(
            "no key line", "manifest-says-clear", text("VIDEO/media.m3u8", "#EXT-X-KEY:", "#")),
        segments("way out", "path-outside", text("VIDEO/media.m3u8", "\nseg-1", "\n../../seg-1")),
        segments("absolute path", "path-outside", text("VIDEO/media.m3u8", "\nseg-1", "\n/seg-1")),
        segments("URL", "path-outside", text("VIDEO/media.m3u8", "\nseg-1", "\nhttp://h/seg-1")),
        single("sidx count", "sidx-incomplete", bytes("VIDEO.mp4", add("sidx", 39, -1))),
        single("sidx time", "segment-duration", bytes("VIDEO.mp4", add("sidx", 46, 9))),
        single(
            "truncated",
            "range-outside-file",
            bytes("VIDEO.mp4", b -> Arrays.copyOf(b, b.length - 9))),
        single(
            "EXT-X-MAP",
            "malformed-mp4",
            text("VIDEO/media.m3u8", "BYTERANGE=\"\\d+@0\"", "BYTERANGE=\"24@0\"")),
        single(
            "indexRange",
            "range-malformed",
            text("manifest.mpd", "indexRange=\"(\\d+)-", "indexRange=\"1$1-")),
        cbcs("constant IV", "not-the-source", bytes("VIDEO/init.mp4", add("tenc", 40, 1))),
        cbcs("slice header", "slice-range", bytes("VIDEO/seg-1.m4s", OutputEdits::shiftSubsample)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("mutations")
  void verify_oneChange_isFound(String what, String code, String packaged, Change change)
      throws IOException {
    Path output = copy(packaged);
    assertThat(codes(output, packaged)).as("unchanged").isEmpty();

    change.apply(output);

    assertThat(codes(output, packaged)).as(what).contains(code);
  }

  @Test
  void verify_mpdWithDtd_isRefused() throws IOException {
    Path output = copy(name(ProtectionScheme.CENC, Layout.SEGMENTS));
    text("manifest.mpd", "<MPD", "<!DOCTYPE MPD [<!ENTITY a 'b'>]><MPD").apply(output);

    assertThatThrownBy(() -> codes(output, name(ProtectionScheme.CENC, Layout.SEGMENTS)))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("xml-dtd-refused"));
  }

  @Test
  void verify_folderWithoutManifest_isRefused() {
    assertThatThrownBy(() -> codes(folder, name(ProtectionScheme.CENC, Layout.SEGMENTS)))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("no-manifest"));
  }

  @Test
  void verify_randomDamage_givesFindingsAndNoOtherFailure() throws IOException {
    String packaged = name(ProtectionScheme.CENC, Layout.SINGLE_FILE);
    byte[] sound = Files.readAllBytes(find(whole.resolve(packaged), "AUDIO.mp4"));
    Path file = folder.resolve("damaged.mp4");
    Random random = new Random(11);
    int found = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged =
          i % 5 == 0 ? Arrays.copyOf(sound, 1 + random.nextInt(sound.length - 1)) : sound;
      damaged = flip(damaged.clone(), random.nextInt(Math.min(3000, damaged.length)));
      Files.write(file, damaged);
      VerificationReport report =
          PresentationVerifier.verify(
              new VerifyRequest(file, KEYS.getOrDefault(packaged, Map.of()), SOURCES));
      found += report.passed() ? 0 : 1;
    }
    assertThat(found).isGreaterThan(100);
  }

  private static Arguments segments(String what, String code, Change change) {
    return Arguments.of(what, code, name(ProtectionScheme.CENC, Layout.SEGMENTS), change);
  }

  private static Arguments single(String what, String code, Change change) {
    return Arguments.of(what, code, name(ProtectionScheme.CENC, Layout.SINGLE_FILE), change);
  }

  private static Arguments cbcs(String what, String code, Change change) {
    return Arguments.of(what, code, name(ProtectionScheme.CBCS, Layout.SEGMENTS), change);
  }

  private static List<String> codes(Path output, String packaged) {
    return PresentationVerifier.verify(
            new VerifyRequest(output, KEYS.getOrDefault(packaged, Map.of()), SOURCES))
        .findings()
        .stream()
        .map(Finding::code)
        .toList();
  }

  private Path copy(String packaged) throws IOException {
    Path from = whole.resolve(packaged);
    Path to = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return to;
  }
}
