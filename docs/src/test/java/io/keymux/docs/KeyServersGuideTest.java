package io.keymux.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.KeyExchangeSettings;
import io.keymux.api.keyserver.KeyServerAccounts;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import io.keymux.keyserver.profile.KeyServer;
import io.keymux.keyserver.profile.KeyServerFacts;
import io.keymux.keyserver.profile.ProfileSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations of key-servers.md: each can be opened as it stands there. */
class KeyServersGuideTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("keymux.root", "..")).resolve("docs/key-servers.md");
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FILE = Pattern.compile("\\$\\{file:([^}]*)}");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Z_]*)}");
  private static final SeedKeys PRODUCER = SeedKeys.of(SecretBytes.copyOf(new byte[32]));

  private static @TempDir Path folder;

  @BeforeAll
  static void makeCredential() throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "RSA",
                "-keysize",
                "3072",
                "-dname",
                "CN=Own",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "guide-password")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "guide-password".toCharArray());
    }
    Key key = keys.getKey("own", "guide-password".toCharArray());
    pem("key.pem", "PRIVATE KEY", key.getEncoded());
    pem("crt.pem", "CERTIFICATE", keys.getCertificate("own").getEncoded());
    Files.writeString(folder.resolve("password"), "guide-password\n");
  }

  static Stream<String> configurations() throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(GUIDE));
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks.stream();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void configuration_ofTheGuide_canBeOpened(String yaml) throws IOException {
    KeyExchangeSettings settings = settings(yaml);

    try (KeyServerAccounts accounts = KeyServerAccounts.of(settings, PRODUCER)) {
      assertThat(accounts.names()).hasSameSizeAs(settings.accounts().keySet());
      for (String name : accounts.names()) {
        KeyServer server = accounts.get(name);
        boolean local = server.facts().transport().endsWith("seed");
        assertThat(server.facts().host()).contains(local ? "-" : ".");
      }
    }
  }

  /** The table of limits says of each profile what its file says. */
  @ParameterizedTest
  @MethodSource("configurations")
  void limits_ofTheGuide_areThoseOfTheProfiles(String yaml) throws IOException {
    String table = Files.readString(GUIDE).split("## Limits", 2)[1];
    try (KeyServerAccounts accounts = KeyServerAccounts.of(settings(yaml), PRODUCER)) {
      for (String name : accounts.names()) {
        KeyServerFacts facts = accounts.get(name).facts();
        if (facts.profile().equals("generic") || facts.transport().endsWith("seed")) {
          continue;
        }
        String row =
            table
                .lines()
                .filter(
                    line -> line.startsWith("| `") && line.contains("`" + facts.profile() + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(facts.profile()));
        String keys = facts.maxKeys() == Integer.MAX_VALUE ? "any" : "" + facts.maxKeys();
        assertThat(row)
            .contains("| " + keys + " | `" + facts.contentId() + "`")
            .endsWith(
                "| %s | %s |"
                    .formatted(
                        facts.schemes().stream()
                            .map(ProtectionScheme::fourCc)
                            .sorted()
                            .collect(Collectors.joining(", ")),
                        facts.systems().stream()
                            .map(DrmSystem::id)
                            .sorted()
                            .collect(Collectors.joining(", "))));
      }
    }
  }

  /** Each vendor's section has a configuration with its profile. */
  @Test
  void guide_everyBuiltInProfile_isShown() throws IOException {
    Set<String> shown = new LinkedHashSet<>();
    String guide = Files.readString(GUIDE);
    Matcher profile = Pattern.compile("profile: ([a-z-]+)").matcher(guide);
    while (profile.find()) {
      shown.add(profile.group(1));
    }
    KeyServerAccounts none = KeyServerAccounts.of(KeyExchangeSettings.DEFAULT, PRODUCER);
    assertThat(shown).containsAll(none.profiles().stream().map(ProfileSummary::name).toList());
  }

  private static KeyExchangeSettings settings(String yaml) throws IOException {
    String own =
        FILE.matcher(yaml)
            .replaceAll(
                reference -> {
                  String name = reference.group(1);
                  String file =
                      name.endsWith("key.pem")
                          ? "key.pem"
                          : name.endsWith("crt.pem") ? "crt.pem" : "password";
                  return Matcher.quoteReplacement("${file:" + folder.resolve(file) + "}");
                });
    Map<String, String> environment = new HashMap<>();
    Matcher variable = VARIABLE.matcher(own);
    while (variable.find()) {
      environment.put(variable.group(1), value(variable.group(1)));
    }
    Path file = folder.resolve("keymux.yaml");
    Files.writeString(file, own);
    return ConfigFile.read(file).keyExchange(environment);
  }

  private static String value(String variable) {
    return switch (variable) {
      case "KEYMUX_SEED" -> "00112233445566778899aabbccddeeff".repeat(2);
      case "PLAYREADY_SEED" -> "XVBovsmzhP9gRIZxWfFta3VVRPzVEWmJsazEJ46I";
      default -> "00112233445566778899aabbccddeeff";
    };
  }

  private static void pem(String name, String type, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type));
  }
}
