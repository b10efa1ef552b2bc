package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.CredentialReader;
import io.keymux.cpix.document.CpixTree;
import io.keymux.cpix.document.ReadingPolicy;
import io.keymux.cpix.protection.ProtectionPolicy;
import io.keymux.cpix.signature.SignatureRequirements;
import io.keymux.cpix.signature.SignedPart;
import io.keymux.cpix.signature.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets of cpix.md: each runs, and the guide shows these very lines. */
class CpixGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));
  private static final KeyId VIDEO = KeyId.parse("eb676abb-cb34-5e96-bbcf-616630f1a3da");
  private static final KeyId AUDIO = KeyId.parse("9b1b3245-4b5d-4a1c-8f2f-0c5c3d0c9b11");
  private static final SecretBytes PASSWORD =
      SecretBytes.copyOf("guide-password".getBytes(StandardCharsets.UTF_8));

  private static @TempDir Path folder;
  private static Path p12;

  @BeforeAll
  static void makeCredential() throws IOException, InterruptedException {
    p12 = folder.resolve("packager.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "packager",
                "-keyalg",
                "RSA",
                "-keysize",
                "3072",
                "-dname",
                "CN=Packager",
                "-storetype",
                "PKCS12",
                "-keystore",
                p12.toString(),
                "-storepass",
                "guide-password")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  @Test
  void readAndResolve_oneKey_isGivenToTheTrack() throws IOException {
    Path file = folder.resolve("document.xml");
    Files.write(file, document());
    // [read]
    CpixTree tree = CpixTree.read(Files.readAllBytes(file));
    CpixDocument document = tree.content();
    List<KeyId> keyIds = document.contentKeys().stream().map(ContentKey::id).toList();
    // [/read]
    assertThat(keyIds).containsExactly(VIDEO);
    // [resolve]
    Track track =
        new Track(
            "video-1080p",
            TrackType.VIDEO,
            Set.of("video-1080p"),
            "und",
            "avc1.640028",
            5_000_000,
            1920,
            1080,
            25,
            false,
            false,
            0,
            0);
    TrackKeys.Assignment assignment =
        TrackKeys.resolve(document, List.of(track), Set.of()).of(track).orElseThrow();
    ContentKey key = assignment.key();
    String why = assignment.why();
    // [/resolve]
    assertThat(key).isNotNull().extracting(ContentKey::id).isEqualTo(VIDEO);
    assertThat(why).contains("VideoFilter");
  }

  @Test
  void writeAndEdit_secondKey_isAdded() {
    byte[] videoKey = new byte[16];
    Arrays.fill(videoKey, (byte) 7);
    byte[] audioKey = new byte[16];
    // [write]
    ContentKey video =
        new ContentKey(VIDEO, SecretBytes.copyOf(videoKey), ProtectionScheme.CBCS, null);
    CpixDocument document =
        CpixDocument.ofKeys(
            "my-movie",
            List.of(video),
            List.of(new UsageRule(VIDEO, "VIDEO", List.of(VideoFilter.ANY))));
    byte[] xml = CpixTree.of(document, CpixVersion.V2_3).write();
    // [/write]
    // [edit]
    CpixTree tree = CpixTree.read(xml);
    tree.edit()
        .add(new ContentKey(AUDIO, SecretBytes.copyOf(audioKey), ProtectionScheme.CBCS, null))
        .add(new UsageRule(AUDIO, "AUDIO", List.of(AudioFilter.ANY)));
    byte[] edited = tree.write();
    // [/edit]
    assertThat(CpixTree.read(edited).content().contentKeys())
        .extracting(ContentKey::id)
        .containsExactly(VIDEO, AUDIO);
  }

  @Test
  void encrypt_forTheOwnerOfACredential_isReadByIt() throws IOException {
    CpixTree tree = CpixTree.read(document());
    // [encrypt]
    Credential packager = CredentialReader.read("packager.p12", Files.readAllBytes(p12), PASSWORD);
    tree.encrypt(List.of(packager.certificate()), ProtectionPolicy.CPIX);
    byte[] encrypted = tree.write();

    CpixDocument document =
        CpixTree.read(encrypted)
            .content(ReadingPolicy.PLAIN.decryptingWith(packager, ProtectionPolicy.CPIX));
    // [/encrypt]
    assertThat(new String(encrypted, StandardCharsets.UTF_8)).doesNotContain("PlainValue");
    assertThat(document.contentKeys()).isEqualTo(CpixTree.read(document()).content().contentKeys());
  }

  @Test
  void sign_keysAndRules_isTrustedByWhoTrustsTheSigner() throws IOException {
    CpixTree tree = CpixTree.read(document());
    Credential keyServer = CredentialReader.read("packager.p12", Files.readAllBytes(p12), PASSWORD);
    // [sign]
    tree.sign(keyServer, Set.of(SignedPart.CONTENT_KEYS, SignedPart.USAGE_RULES));
    byte[] signed = tree.write();

    SignatureRequirements requirements =
        new SignatureRequirements(
            Set.of(SignedPart.CONTENT_KEYS), TrustAnchors.of(keyServer.certificate()));
    CpixDocument document =
        CpixTree.read(signed).content(ReadingPolicy.PLAIN.verifying(requirements));
    // [/sign]
    assertThat(document.contentKeys()).hasSize(1);
  }

  private static byte[] document() {
    ContentKey key =
        new ContentKey(
            VIDEO,
            SecretBytes.copyOf("sixteen bytes ok".getBytes(StandardCharsets.US_ASCII)),
            ProtectionScheme.CBCS,
            null);
    return CpixTree.of(
            CpixDocument.ofKeys(
                "my-movie",
                List.of(key),
                List.of(new UsageRule(VIDEO, "VIDEO", List.of(VideoFilter.ANY)))),
            CpixVersion.V2_3)
        .write();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "resolve", "write", "edit", "encrypt", "sign"})
  void guide_showsTheTestedCode(String name) throws IOException {
    String self =
        Files.readString(ROOT.resolve("docs/src/test/java/io/keymux/docs/CpixGuideTest.java"));
    String start = "// [" + name + "]\n";
    String snippet =
        self.substring(self.indexOf(start) + start.length(), self.indexOf("    // [/" + name + "]"))
            .lines()
            .map(line -> line.isEmpty() ? line : line.substring(4))
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(ROOT.resolve("docs/cpix.md")))
        .contains("```java\n" + snippet + "\n```");
  }
}
