package io.keymux.cpix.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs every vector of {@code vectors/signaling.json}, made by an independent program. */
class SignalingGeneratorTest {
  private static final ContentKey KEY =
      new KeyVector("31323334353637383930313233343536", "32333435363738393021323334353637", null)
          .toKey();

  record Settings(
      @Nullable String widevineProvider,
      @Nullable String widevineContentId,
      @Nullable Map<String, String> licenseUrls,
      @Nullable String fairPlayUri,
      @Nullable String keyUri) {

    SignalingSettings toSettings() {
      SignalingSettings settings =
          SignalingSettings.DEFAULT
              .withWidevine(widevineProvider, widevineContentId)
              .withKeyUri(keyUri);
      if (fairPlayUri != null) {
        settings = settings.withFairPlayUri(fairPlayUri);
      }
      if (licenseUrls != null) {
        for (Map.Entry<String, String> url : licenseUrls.entrySet()) {
          settings = settings.withLicenseUrl(DrmSystem.ofId(url.getKey()), url.getValue());
        }
      }
      return settings;
    }
  }

  record Expected(
      String systemId,
      String kid,
      @Nullable String pssh,
      @Nullable String contentProtection,
      @Nullable String hlsMedia,
      @Nullable String hlsMultivariant,
      @Nullable String smoothHeader) {

    DrmSignaling toSignaling() {
      return new DrmSignaling(
          UUID.fromString(systemId),
          KeyId.parse(kid),
          pssh == null ? null : Bytes.copyOf(Base64.getDecoder().decode(pssh)),
          contentProtection,
          hlsMedia,
          hlsMultivariant,
          smoothHeader);
    }
  }

  record Vector(
      String id,
      String comment,
      String contentId,
      String scheme,
      List<String> systems,
      List<KeyVector> keys,
      @Nullable Settings settings,
      List<Expected> expected) {

    @Override
    public String toString() {
      return id + ": " + comment;
    }

    List<DrmSignaling> generate() {
      return SignalingGenerator.generate(
          new SignalingRequest(
              contentId,
              ProtectionScheme.ofFourCc(scheme),
              systems.stream()
                  .map(DrmSystem::ofId)
                  .collect(Collectors.toCollection(LinkedHashSet::new)),
              keys.stream().map(KeyVector::toKey).toList(),
              settings == null ? SignalingSettings.DEFAULT : settings.toSettings()));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void generate_vector_isExactlyThis(Vector vector) {
    assertThat(vector.generate())
        .containsExactlyElementsOf(vector.expected().stream().map(Expected::toSignaling).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void generate_vector_sameSystemHasOnePsshAndFragmentForAllKeys(Vector vector) {
    Map<UUID, Set<List<Object>>> bySystem =
        vector.generate().stream()
            .collect(
                Collectors.groupingBy(
                    DrmSignaling::systemId,
                    Collectors.mapping(
                        entry ->
                            List.<Object>of(
                                String.valueOf(entry.pssh()),
                                String.valueOf(entry.contentProtection())),
                        Collectors.toSet())));
    assertThat(bySystem.values()).allSatisfy(forms -> assertThat(forms).hasSize(1));
    assertThat(bySystem).hasSize(vector.systems().size());
  }

  /** The boxes go through the reader of peers' boxes, the fragments through the XML parser. */
  @ParameterizedTest
  @MethodSource("all")
  void generate_vector_canBeReadBack(Vector vector) {
    List<KeyId> sorted = vector.keys().stream().map(k -> k.toKey().id()).sorted().toList();
    for (DrmSignaling entry : vector.generate()) {
      if (entry.pssh() != null) {
        PsshDescription read = PsshInspector.inspect(entry.pssh().toArray()).get(0);
        assertThat(read.problems()).isEmpty();
        assertThat(read.keyIds()).containsExactlyElementsOf(sorted);
      }
      if (entry.contentProtection() != null) {
        assertThat(SafeXml.parseFragment(entry.contentProtection())).isNotEmpty();
      }
      if (entry.hlsMedia() != null && entry.hlsMedia().contains("URI=\"data:")) {
        String uri = entry.hlsMedia().replaceAll(".*URI=\"([^\"]*)\".*", "$1");
        assertThat(PsshInspector.inspect(PsshInput.ofText(uri)).get(0).keyIds())
            .containsExactly(entry.keyId());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"fairplay, cenc, cbcs", "fairplay, cens, cbcs", "fairplay, cbc1, cbcs"})
  void new_schemeThatTheSystemHasNoWordsFor_isRefusedWithRemedy(
      String system, String scheme, String playable) {
    assertThatThrownBy(() -> request(scheme, Set.of(DrmSystem.ofId(system)), List.of(KEY)))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("scheme-not-supported");
              assertThat(e.blame()).isEqualTo(DrmException.Blame.CALLER);
              assertThat(e.problem()).startsWith("systems holds " + system).contains(scheme);
              assertThat(e.remedy())
                  .isEqualTo(
                      "Set scheme to " + playable + ", or remove " + system + " from systems.");
            });
  }

  @Test
  void new_noKeyOrAKeyTwice_isRefused() {
    assertCode("no-keys", () -> request("cenc", Set.of(), List.of()));
    assertCode("cpix-duplicate-kid", () -> request("cenc", Set.of(), List.of(KEY, KEY)));
  }

  @Test
  void new_collectionsChangedAfterwards_requestDoesNot() {
    Map<DrmSystem, String> urls = new EnumMap<>(DrmSystem.class);
    SignalingSettings settings = new SignalingSettings(null, null, urls, "skd://x", null);
    urls.put(DrmSystem.PLAYREADY, "https://pr.example/");
    assertThat(settings.licenseUrls()).isEmpty();
    List<ContentKey> keys = new ArrayList<>(List.of(KEY));
    SignalingRequest request = request("cenc", Set.of(), keys);
    keys.clear();
    assertThat(request.keys()).containsExactly(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://{kid}",
        "skd://{key}",
        "skd://{kid",
        "skd://kid}",
        "skd://{}",
        "skd://{iv}"
      })
  void generate_badFairPlayTemplate_isRefused(String template) {
    assertCode(
        "invalid-uri-template",
        () -> fairPlay(SignalingSettings.DEFAULT.withFairPlayUri(template), "asset"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"skd://\"", "skd://a\nb", "skd://a\rb"})
  void generate_templateThatLeavesItsQuotes_isRefused(String template) {
    assertCode(
        "invalid-signaling-value",
        () -> fairPlay(SignalingSettings.DEFAULT.withFairPlayUri(template), "asset"));
  }

  @Test
  void generate_contentIdOutsideOfTheUnreserved_isPercentEncoded() {
    SignalingSettings settings = SignalingSettings.DEFAULT.withFairPlayUri("skd://{contentId}");
    assertThat(fairPlay(settings, "a/\"\n{kid}ü~-._").get(0).hlsMedia())
        .contains("URI=\"skd://a%2F%22%0A%7Bkid%7D%C3%BC~-._\"");
  }

  @Test
  void generate_licenseUrlThatXmlCannotCarry_isRefused() {
    for (DrmSystem system : List.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY, DrmSystem.CLEARKEY)) {
      SignalingSettings settings =
          SignalingSettings.DEFAULT.withLicenseUrl(system, "https://\u0001");
      assertCode(
          "invalid-signaling-value",
          () ->
              SignalingGenerator.generate(
                  new SignalingRequest(
                      "a", ProtectionScheme.CENC, Set.of(system), List.of(KEY), settings)));
    }
  }

  private static List<DrmSignaling> fairPlay(SignalingSettings settings, String contentId) {
    return SignalingGenerator.generate(
        new SignalingRequest(
            contentId, ProtectionScheme.CBCS, Set.of(DrmSystem.FAIRPLAY), List.of(KEY), settings));
  }

  private static SignalingRequest request(
      String scheme, Set<DrmSystem> systems, List<ContentKey> keys) {
    return new SignalingRequest(
        "asset", ProtectionScheme.ofFourCc(scheme), systems, keys, SignalingSettings.DEFAULT);
  }

  private static void assertCode(String code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(DrmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  static Stream<Vector> all() {
    return Vectors.load("signaling.json", new TypeReference<List<Vector>>() {}).stream();
  }
}
