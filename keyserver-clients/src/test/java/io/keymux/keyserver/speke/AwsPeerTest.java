package io.keymux.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.keyserver.http.KeyExchangeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests as AWS's services send them, and the answers of AWS's reference server, whose signalling
 * is static and whose FairPlay IV is the key.
 */
class AwsPeerTest {
  private static final List<UsageRule> RULES =
      List.of(
          Requests.perType().get(0).withKeyId(KeyId.parse("00000001-1111-4111-8111-111111111111")),
          Requests.perType().get(1).withKeyId(KeyId.parse("00000002-1111-4111-8111-111111111111")));

  @ParameterizedTest
  @CsvSource({
    "01-widevine-clear,CENC,widevine",
    "03-fairplay-only-clear,CBCS,fairplay",
  })
  void of_sameWish_asksAsAwsDoes(String name, ProtectionScheme scheme, String systems)
      throws IOException {
    KeyRequest request = request(name, scheme, systems);

    CpixDocument asked = new SpekeV2(SpekeVersion.V2_0).ask(request, List.of());

    assertThat(asked).isEqualTo(CpixReader.read(vector(name + ".request.xml")));
  }

  @ParameterizedTest
  @CsvSource({
    "01-widevine-clear,CENC,widevine,is for KID [0f083e4e-b831-4a3d-917e-ce78076e54aa]",
    "02-wv-pr-fp-clear,CBCS,widevine playready fairplay,have the same key",
    "03-fairplay-only-clear,CBCS,fairplay,is the key itself",
  })
  void check_answerOfReferenceServer_isRefused(
      String name, ProtectionScheme scheme, String systems, String found) throws IOException {
    KeyRequest request = request(name, scheme, systems);
    CpixDocument asked = new SpekeV2(SpekeVersion.V2_0).ask(request, List.of());
    CpixDocument answer = CpixReader.read(vector(name + ".response.xml"));

    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> EchoCheck.check("keys.example", request, asked, answer));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error).hasMessageContaining(found);
  }

  private static KeyRequest request(String name, ProtectionScheme scheme, String systems) {
    Set<DrmSystem> set = new LinkedHashSet<>();
    List.of(systems.split(" ", -1)).forEach(system -> set.add(DrmSystem.ofId(system)));
    return new KeyRequest("sample-" + name.substring(0, 2), scheme, set, RULES);
  }

  private static byte[] vector(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("keymux.vectors", "absent"), "cpix", "aws-peer-pairs", name);
    assumeTrue(Files.exists(file), "third-party vectors are absent");
    return Files.readAllBytes(file);
  }
}
