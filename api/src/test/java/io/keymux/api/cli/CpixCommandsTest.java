package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code keymux cpix …}, as a user types it. */
class CpixCommandsTest {
  private static final String VIDEO_KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String AUDIO_KEY = "00112233445566778899aabbccddeeff";
  private static final KeyId VIDEO = KeyId.parse("eb676abb-cb34-5e96-bbcf-616630f1a3da");
  private static final KeyId AUDIO = KeyId.parse("9b1b3245-4b5d-4a1c-8f2f-0c5c3d0c9b11");

  private static @TempDir Path folder;
  private static Path clear;
  private static Path credential;
  private static Path certificate;
  private static Path password;

  private final RecordedConsole console = new RecordedConsole();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  @BeforeAll
  static void writeFiles() throws Exception {
    clear =
        Files.write(folder.resolve("clear.xml"), CpixWriter.write(document(), CpixVersion.V2_3));
    credential = folder.resolve("own.p12");
    certificate = folder.resolve("own.pem");
    password = Files.writeString(folder.resolve("password"), "pass-word-1\n");
    keytool("-genkeypair", "-keyalg", "RSA", "-keysize", "3072", "-dname", "CN=Own");
    keytool("-exportcert", "-rfc", "-file", certificate.toString());
  }

  @Test
  void inspect_clearDocument_printsKeysOnlyIfAsked() throws IOException {
    assertThat(run("inspect", clear.toString())).isZero();
    assertThat(out.toString())
        .contains("key " + VIDEO + ": has a value, cbcs")
        .doesNotContain(VIDEO_KEY);
    assertThat(run("inspect", clear.toString(), "--json", "--reveal-keys")).isZero();
    JsonNode json = Json.mapper().readTree(out.toString().lines().toList().get(5));
    assertThat(json.path("keys").path(VIDEO.toString()).asText()).isEqualTo(VIDEO_KEY);
    assertThat(json.path("document").path("rules")).hasSize(2);
  }

  @Test
  void encryptThenDecrypt_givesTheSameKeysAndFilesForTheOwner() throws IOException {
    Path encrypted = folder.resolve("encrypted.xml");
    Path decrypted = folder.resolve("decrypted.xml");

    assertThat(
            run(
                "encrypt",
                clear.toString(),
                "-o",
                encrypted.toString(),
                "--recipient",
                certificate.toString()))
        .as(err.toString())
        .isZero();
    assertThat(Files.readString(encrypted)).doesNotContain("PlainValue").contains("ValueMAC");
    assertThat(run("inspect", encrypted.toString())).isZero();
    assertThat(out.toString()).contains("key " + VIDEO + ": encrypted").contains("recipient with");
    assertThat(run(withCredential("inspect", encrypted.toString(), "--reveal-keys"))).isZero();
    assertThat(out.toString()).contains("value of " + AUDIO + ": " + AUDIO_KEY);
    assertThat(run(withCredential("decrypt", encrypted.toString(), "-o", decrypted.toString())))
        .as(err.toString())
        .isZero();
    assertThat(run("inspect", decrypted.toString(), "--reveal-keys")).isZero();
    assertThat(out.toString()).contains("value of " + VIDEO + ": " + VIDEO_KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(decrypted)))
        .isEqualTo("rw-------");
  }

  @Test
  void signThenVerify_tellsValidTrustedAndRequiredApart() throws IOException {
    Path signed = folder.resolve("signed.xml");
    assertThat(
            run(
                withCredential(
                    "sign", clear.toString(), "-o", signed.toString(), "--part", "content-keys")))
        .as(err.toString())
        .isZero();

    assertThat(run("verify-signatures", signed.toString())).isZero();
    assertThat(out.toString()).contains("of ContentKeyList by CN=Own: valid, not trusted");
    assertThat(
            run(
                "verify-signatures",
                signed.toString(),
                "--trust",
                certificate.toString(),
                "--require",
                "content-keys"))
        .isZero();
    assertThat(out.toString()).contains("valid, trusted");
    assertThat(
            run(
                "verify-signatures",
                signed.toString(),
                "--trust",
                certificate.toString(),
                "--require",
                "usage-rules"))
        .isEqualTo(7);
    assertThat(out.toString()).contains("refused: cpix-signature-required");
    Path forged = folder.resolve("forged.xml");
    Files.writeString(forged, Files.readString(signed).replace("cbcs", "cenc"));
    assertThat(run("verify-signatures", forged.toString(), "--json")).isEqualTo(7);
    assertThat(out.toString()).contains("\"valid\":false").contains("cpix-signature-invalid");
  }

  @Test
  void encrypt_signedKeys_isRefusedAndWritesNothing() {
    Path signed = folder.resolve("signed-before.xml");
    Path encrypted = folder.resolve("never.xml");
    run(withCredential("sign", clear.toString(), "-o", signed.toString(), "--part", "document"));

    assertThat(
            run(
                "encrypt",
                signed.toString(),
                "-o",
                encrypted.toString(),
                "--recipient",
                certificate.toString()))
        .isEqualTo(3);
    assertThat(err.toString()).contains("error[cpix-signed-part]");
    assertThat(encrypted).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "video,1280x720               | 0 | video-1 (1280x720",
        "audio,2ch                    | 0 | 9b1b3245-4b5d-4a1c-8f2f-0c5c3d0c9b11",
        "video                        | 3 | pixel count",
        "text                         | 2 | does not begin with video or audio",
        "video,big                    | 2 | is no property of a track"
      })
  void resolve_track_saysWhichKeyAndWhy(String track, int code, String text) {
    assertThat(run("resolve", clear.toString(), "--track", track))
        .as(err.toString())
        .isEqualTo(code);
    assertThat(out + " " + err).contains(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version=\"2.3\"                         | version=\"2.3\" | cpix-2.3 | 0 | valid cpix-2.3",
        "version=\"2.3\"                         | version=\"2.3\" | speke-v2 | 3 | error[",
        "9b1b3245-4b5d-4a1c-8f2f-0c5c3d0c9b11 | 0 | cpix-2.3 | 3 | /cpix:CPIX/cpix:ContentKeyList/cpix:ContentKey[2]/@kid",
      })
  void validate_document_findsWhatIsWrong(
      String from, String to, String profile, int code, String text) throws IOException {
    Path file = folder.resolve("validated.xml");
    Files.writeString(file, Files.readString(clear).replace(from, to));
    assertThat(run("validate", file.toString(), "--profile", profile)).isEqualTo(code);
    assertThat(out.toString()).contains(text).doesNotContain("D88AESIz").doesNotContain("ABEiM0RV");
    assertThat(run("validate", file.toString(), "--profile", profile, "--json")).isEqualTo(code);
    assertThat(out.toString()).contains("\"valid\":" + (code == 0));
  }

  @Test
  void resolve_speke_lastRuleWins() throws IOException {
    Path both = folder.resolve("both.xml");
    Files.writeString(
        both,
        Files.readString(clear)
            .replace("AudioFilter", "VideoFilter")
            .replace("minPixels=\"1\"", ""));
    assertThat(run("resolve", both.toString(), "--track", "video,640x360")).isEqualTo(3);
    assertThat(
            run(
                "resolve",
                both.toString(),
                "--track",
                "video,640x360",
                "--mode",
                "speke",
                "--json"))
        .isZero();
    assertThat(out.toString()).contains("\"keyIds\":[\"" + AUDIO + "\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decrypt CLEAR -o X --certificate CERT         | 2 | belong to --private-key",
        "decrypt CLEAR -o X                            | 2 | --private-key is missing",
        "decrypt CLEAR -o X --private-key P12          | 3 | error[credential-password-missing]",
        "sign CLEAR -o X --part x --private-key P12    | 2 | choose delivery-data",
        "encrypt CLEAR -o X                            | 3 | error[cpix-no-recipient]",
        "encrypt CLEAR -o /nowhere/x --recipient CERT  | 6 | error[output-not-writable]",
        "inspect P12                                   | 3 | error[xml-not-well-formed]"
      })
  void command_wrong_givesCodeAndOneLine(String line, int code, String text) {
    String[] args =
        line.replace("CLEAR", clear.toString())
            .replace("CERT", certificate.toString())
            .replace("P12", credential.toString())
            .replace(" X", " " + folder.resolve("x"))
            .strip()
            .split(" +", 0);
    assertThat(run(args)).as(err.toString()).isEqualTo(code);
    assertThat(err.toString()).contains(text).doesNotContain("\tat ");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private static String[] withCredential(String... args) {
    String[] all = Arrays.copyOf(args, args.length + 4);
    all[args.length] = "--private-key";
    all[args.length + 1] = credential.toString();
    all[args.length + 2] = "--password-file";
    all[args.length + 3] = password.toString();
    return all;
  }

  private int run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "cpix";
    System.arraycopy(args, 0, all, 1, args.length);
    return console.run(Map.of(), all);
  }

  private static CpixDocument document() {
    return CpixDocument.ofKeys(
        "movie",
        List.of(key(VIDEO, VIDEO_KEY), key(AUDIO, AUDIO_KEY)),
        List.of(
            new UsageRule(VIDEO, "VIDEO", List.of(VideoFilter.pixels(1L, null))),
            new UsageRule(AUDIO, "AUDIO", List.of(AudioFilter.ANY))));
  }

  private static ContentKey key(KeyId id, String hex) {
    return new ContentKey(
        id, SecretBytes.copyOf(HexFormat.of().parseHex(hex)), ProtectionScheme.CBCS, null);
  }

  private static void keytool(String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(args));
    command.addAll(
        List.of(
            "-alias",
            "own",
            "-storetype",
            "PKCS12",
            "-keystore",
            credential.toString(),
            "-storepass",
            "pass-word-1"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }
}
