package io.keymux.api.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.keyserver.speke.SpekePresets.Contract;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.validation.CpixProfile;
import io.keymux.cpix.xml.CpixDom;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Every preset pair with every mix of DRM systems, on demand and live, in both versions. */
class PresetMatrixTest {
  private static final List<Mix> MIXES =
      List.of(
          new Mix("cenc", List.of(SpekeText.WIDEVINE)),
          new Mix("cbcs", List.of(SpekeText.WIDEVINE)),
          new Mix("cenc", List.of(SpekeText.PLAYREADY)),
          new Mix("cbcs", List.of(SpekeText.PLAYREADY)),
          new Mix("cbcs", List.of(SpekeText.FAIRPLAY)),
          new Mix("cenc", List.of(SpekeText.WIDEVINE, SpekeText.PLAYREADY)),
          new Mix("cbcs", List.of(SpekeText.WIDEVINE, SpekeText.FAIRPLAY)),
          new Mix("cbcs", List.of(SpekeText.PLAYREADY, SpekeText.FAIRPLAY)),
          new Mix("cbcs", List.of(SpekeText.WIDEVINE, SpekeText.PLAYREADY, SpekeText.FAIRPLAY)),
          new Mix("cenc", List.of(SpekeText.COMMON, SpekeText.WIDEVINE)),
          new Mix("cbc1", List.of(SpekeText.AES_128)));

  @TempDir static Path folder;
  private static SpekeServer server;

  private record Mix(String scheme, List<String> systems) {}

  @BeforeAll
  static void start() {
    server = SpekeServer.in(folder);
  }

  private static Stream<Arguments> contracts() {
    return SpekePresets.all()
        .flatMap(contract -> Stream.of(false, true).map(live -> Arguments.of(contract, live)));
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void answer_everyMix_isRightInEachElement(Contract contract, boolean live) {
    for (Mix mix : MIXES) {
      for (SpekeVersion version : List.of(SpekeVersion.V2_0, SpekeVersion.V2_1)) {
        check(
            version,
            new SpekeText(
                "movie-" + mix.systems().size(),
                version.cpix(),
                mix.scheme(),
                contract,
                mix.systems(),
                live));
      }
    }
  }

  private static void check(SpekeVersion version, SpekeText asked) {
    String request = asked.xml();
    Answer answer = server.answer(version, request);
    assertThat(server.answer(version, request).text()).as("again").isEqualTo(answer.text());
    Element root = answer.root();
    assertThat(root.getAttribute("contentId")).isEqualTo(asked.contentId());
    assertThat(root.getAttribute("version")).isEqualTo(asked.cpix());
    assertThat(root.hasAttribute("id")).isFalse();
    assertThat(answer.text())
        .containsPattern("<cpix:CPIX [^>]*xmlns:cpix=\"urn:dashif:org:cpix\"")
        .containsPattern("<cpix:CPIX [^>]*xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\"")
        .doesNotContain("urn:aws:amazon:com:speke");
    keys(asked, answer);
    assertThat(answer.errors(CpixProfile.SPEKE_V2)).isEmpty();
    if (version == SpekeVersion.V2_0) {
      assertThat(answer.errors(CpixProfile.CPIX_2_3)).isEmpty();
    }
    assertThat(answer.systems()).hasSize(asked.systems().size() * asked.keyIds().size());
    for (String system : asked.systems()) {
      for (KeyId id : asked.keyIds()) {
        ExpectedSignaling.check(answer.system(system, id), id, asked.scheme(), asked.contentId());
      }
    }
    unchanged(asked, answer);
  }

  private static void keys(SpekeText asked, Answer answer) {
    assertThat(answer.keys()).hasSize(asked.keyIds().size());
    Set<Bytes> values = new HashSet<>();
    boolean fairPlay = asked.systems().contains(SpekeText.FAIRPLAY);
    for (KeyId id : asked.keyIds()) {
      Element key = answer.key(id);
      Bytes value = Answer.value(key);
      assertThat(value.size()).isEqualTo(16);
      assertThat(values.add(value)).as("a key of its own").isTrue();
      assertThat(key.getAttribute("commonEncryptionScheme")).isEqualTo(asked.scheme());
      assertThat(key.hasAttribute("explicitIV")).isEqualTo(fairPlay);
      if (fairPlay) {
        byte[] iv = Base64.getDecoder().decode(key.getAttribute("explicitIV"));
        assertThat(iv).hasSize(16).isNotEqualTo(value.toArray());
      }
    }
  }

  /** The lists that a server must not touch. */
  private static void unchanged(SpekeText asked, Answer answer) {
    Answer request = Answer.of(asked.xml().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    for (String list : List.of("ContentKeyUsageRuleList", "ContentKeyPeriodList")) {
      List<Element> before = CpixDom.children(request.root(), list);
      List<Element> after = CpixDom.children(answer.root(), list);
      assertThat(after).hasSameSizeAs(before);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i).isEqualNode(before.get(i))).as(list).isTrue();
      }
    }
  }
}
