package io.keymux.packager.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.packager.Keymux;
import io.keymux.packager.ResignResult;
import io.keymux.packager.SampleJob;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.ResignJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.verify.Finding.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Signalling changes, media does not. Every run here is verified, and all samples decrypted. */
class ResignTest {
  private static final String WIDEVINE = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
  private static final String PLAYREADY = "9a04f079-9840-4286-ab92-e65be0885f95";
  private static final String LICENSE = "https://licence.example/playready?a=1&b=2";

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "CENC, SEGMENTS,    preset1,  0, 0, ''",
    "CBCS, SINGLE_FILE, per-type, 0, 0, ''",
    "CENC, SINGLE_FILE, preset0,  2, 0, ''",
    "CBCS, SEGMENTS,    per-type, 2, 2, ''",
    "CENC, SINGLE_FILE, preset1,  0, 2, ''",
    "CENC, SEGMENTS,    preset0,  0, 0, manifest.mpd",
    "CENC, SINGLE_FILE, preset0,  0, 0, master.m3u8"
  })
  void resign_widevineToPlayReady_sameMediaOtherSignalling(
      ProtectionScheme scheme, Layout layout, String rule, int lead, int period, String manifest)
      throws Exception {
    Path first = temp.resolve("first");
    Keymux.packager()
        .keys(SampleJob.KEYS)
        .run(
            ladder(first)
                .scheme(scheme)
                .layout(layout)
                .keyRule(KeyRule.ofId(rule))
                .trickPlay(period == 0)
                .schedule(new KeySchedule(lead, period, KeyChange.NEW_PERIODS))
                .build());
    Path second = temp.resolve("second");
    ResignResult result = resign(job(first.resolve(manifest), second, DrmSystem.PLAYREADY));
    assertThat(result.verification().samplesDecrypted()).isPositive();
    assertThat(result.verification().findings()).allMatch(f -> f.severity() == Severity.NOTE);

    int moved = 0;
    for (Path old : media(first, second)) {
      byte[] before = Files.readAllBytes(old);
      byte[] after = Files.readAllBytes(second.resolve(first.relativize(old)));
      if (!Arrays.equals(before, after)) {
        moved++;
        assertThat(behindMoov(after)).as(old.toString()).isEqualTo(behindMoov(before));
      }
    }
    assertThat(moved).isPositive();
    for (Path file : files(second)) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(text).as(file.toString()).doesNotContain(WIDEVINE);
      if (file.toString().endsWith("manifest.mpd")) {
        assertThat(text).contains(PLAYREADY).contains("default_KID");
      }
    }
    String said = Files.readString(second.resolve(result.manifests().get(0)));
    assertThat(said).as("a licence URL is inside the PRO, not in the open").doesNotContain(LICENSE);
  }

  /** Thumbnails, text, trick play and key lines of every kind come along. */
  @Test
  void resign_wholeAsset_namesAndCarriesAllFiles() throws Exception {
    Path text = temp.resolve("en.vtt");
    Files.writeString(text, "WEBVTT\n\n00:01.000 --> 00:03.000\nHello\n");
    Path first = temp.resolve("first");
    Keymux.packager().keys(SampleJob.KEYS).run(ladder(first).input(text).trickPlay(true).build());
    Files.writeString(first.resolve("title.json"), "{}");
    Files.writeString(
        first.resolve("master.m3u8"),
        "#EXT-X-SESSION-DATA:DATA-ID=\"com.example.title\",URI=\"title.json\"\n",
        StandardOpenOption.APPEND);
    Path second = temp.resolve("second");
    resign(job(first, second, DrmSystem.WIDEVINE));
    assertThat(names(second)).isEqualTo(names(first));
    for (String name : names(first)) {
      if (name.endsWith(".m3u8")) {
        assertThat(Files.readString(second.resolve(name)))
            .as("the same wish gives the same %s", name)
            .isEqualTo(Files.readString(first.resolve(name)));
      }
    }
    assertThat(tree(second.resolve("manifest.mpd"))).isEqualTo(tree(first.resolve("manifest.mpd")));
  }

  /** An MPD without what XML leaves open: the order of attributes, and blanks. */
  private static String tree(Path mpd) throws Exception {
    return tree(SafeXml.parse(Files.readAllBytes(mpd)).getDocumentElement());
  }

  private static String tree(Node node) {
    if (!(node instanceof Element element)) {
      return node.getTextContent().strip();
    }
    Set<String> attributes = new TreeSet<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      attributes.add(element.getAttributes().item(i).toString());
    }
    // Where a prefix is declared is left open, too.
    attributes.removeIf(attribute -> attribute.startsWith("xmlns"));
    StringBuilder tree = new StringBuilder(element.getTagName()).append(attributes).append('{');
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      tree.append(tree(child));
    }
    return tree.append('}').toString();
  }

  @Test
  void resign_request_asksForTheKidsOfTheMedia() throws Exception {
    Path first = temp.resolve("first");
    Keymux.packager().keys(SampleJob.KEYS).run(ladder(first).keyRule(KeyRule.PER_TYPE).build());
    List<KeyRequest> asked = new ArrayList<>();
    KeyExchange keys =
        request -> {
          asked.add(request);
          return SampleJob.KEYS.exchange(request);
        };
    ResignJob job =
        new ResignJob(
            first,
            temp.resolve("second"),
            "renamed",
            Set.of(DrmSystem.WIDEVINE),
            SignalingSettings.DEFAULT,
            null,
            VerifyLevel.SAMPLE);
    ResignResult result =
        Keymux.packager().keys(keys).resign(job, ProgressListener.NONE, new CancelToken());
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).keyIds()).containsExactlyInAnyOrderElementsOf(result.keyIds());
    assertThat(asked.get(0).rules().stream().map(r -> r.intendedTrackType()))
        .containsExactly("VIDEO", "AUDIO");
  }

  @Test
  void resign_otherKeys_refusedAndNothingWritten() throws Exception {
    Path first = temp.resolve("first");
    Keymux.packager().keys(SampleJob.KEYS).run(ladder(first).build());
    KeyExchange others =
        request -> {
          UsageRule rule = request.rules().get(0);
          KeyId other = KeyId.parse("00000000-0000-0000-0000-000000000001");
          return SampleJob.KEYS.exchange(request.withRules(List.of(rule.withKeyId(other))));
        };
    assertThat(refused(others, job(first, temp.resolve("no"), DrmSystem.WIDEVINE)))
        .isEqualTo("asset-key-missing");
    KeyExchange wrong =
        request ->
            CpixDocument.ofKeys(
                request.contentId(),
                request.keyIds().stream()
                    .map(id -> new ContentKey(id, SecretBytes.copyOf(new byte[16]), null, null))
                    .toList(),
                request.rules());
    assertThat(refused(wrong, job(first, temp.resolve("no"), DrmSystem.WIDEVINE)))
        .isEqualTo("verification-failed");
    assertThat(temp.resolve("no")).doesNotExist();
  }

  @Test
  void resign_whatCannotBe_refused() throws Exception {
    Path groups = temp.resolve("groups");
    Keymux.packager()
        .keys(SampleJob.KEYS)
        .run(ladder(groups).schedule(new KeySchedule(0, 2, KeyChange.SAMPLE_GROUPS)).build());
    assertThat(refused(SampleJob.KEYS, job(groups, temp.resolve("no"), DrmSystem.WIDEVINE)))
        .isEqualTo("keys-in-media");
    Path first = temp.resolve("first");
    Keymux.packager().keys(SampleJob.KEYS).run(ladder(first).build());
    assertThat(refused(SampleJob.KEYS, job(first, temp.resolve("no"), DrmSystem.FAIRPLAY)))
        .isEqualTo("scheme-not-supported");
    assertThat(refused(SampleJob.KEYS, job(first, first.resolve("in"), DrmSystem.WIDEVINE)))
        .isEqualTo("output-is-input");
    Path clear = temp.resolve("clear");
    Keymux.packager().run(ladder(clear).schedule(KeySchedule.NEVER).build());
    assertThat(refused(SampleJob.KEYS, job(clear, temp.resolve("no"), DrmSystem.WIDEVINE)))
        .isEqualTo("asset-not-encrypted");
    assertThat(temp.resolve("no")).doesNotExist();
  }

  private static String refused(KeyExchange keys, ResignJob job) {
    return catchThrowableOfType(
            DrmException.class,
            () ->
                Keymux.packager().keys(keys).resign(job, ProgressListener.NONE, new CancelToken()))
        .code();
  }

  private static ResignResult resign(ResignJob job) throws InterruptedException {
    return Keymux.packager()
        .keys(SampleJob.KEYS)
        .resign(job, ProgressListener.NONE, new CancelToken());
  }

  private static ResignJob job(Path asset, Path output, DrmSystem system) {
    SignalingSettings signaling =
        system == DrmSystem.PLAYREADY
            ? SignalingSettings.DEFAULT.withLicenseUrl(system, LICENSE)
            : SignalingSettings.DEFAULT;
    return new ResignJob(
        asset, output, "first", Set.of(system), signaling, null, VerifyLevel.SAMPLE);
  }

  private static PackagingJob.Builder ladder(Path output) {
    return PackagingJob.builder()
        .input(SampleJob.sample("video-360p"))
        .input(SampleJob.sample("video-720p"))
        .input(SampleJob.sample("audio-stereo"))
        .systems(DrmSystem.WIDEVINE)
        .contentId("first")
        .segmentSeconds(2)
        .output(output);
  }

  /** Media of the one that is in the other, too. */
  private static List<Path> media(Path first, Path second) throws Exception {
    return files(first).stream()
        .filter(file -> file.toString().matches(".*\\.(mp4|m4s)"))
        .filter(file -> Files.exists(second.resolve(first.relativize(file))))
        .toList();
  }

  private static List<String> names(Path folder) throws Exception {
    return files(folder).stream().map(file -> folder.relativize(file).toString()).toList();
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static byte[] behindMoov(byte[] file) {
    ByteBuffer boxes = ByteBuffer.wrap(file);
    while (boxes.getInt(boxes.position() + 4) != 0x6d6f6f76) {
      boxes.position(boxes.position() + boxes.getInt(boxes.position()));
    }
    return Arrays.copyOfRange(file, boxes.position() + boxes.getInt(boxes.position()), file.length);
  }
}
