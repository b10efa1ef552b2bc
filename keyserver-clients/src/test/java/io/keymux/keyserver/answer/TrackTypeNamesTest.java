package io.keymux.keyserver.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Requests;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrackTypeNamesTest {
  private static final Set<String> LIST = new LinkedHashSet<>(List.of("SD", "HD", "AUDIO"));

  @Test
  void asked_noMap_keepsNamesInOrderOfRules() {
    Map<String, KeyId> asked =
        TrackTypeNames.SAME.asked("host", Requests.of(Requests.perType(), DrmSystem.WIDEVINE));

    assertThat(asked)
        .containsExactly(Map.entry("VIDEO", Requests.A), Map.entry("AUDIO", Requests.B));
  }

  @Test
  void asked_map_translates() {
    TrackTypeNames names = new TrackTypeNames(Map.of("ALL", "HD"), LIST);

    assertThat(names.asked("host", request(rule(Requests.A, "ALL"), rule(Requests.B, "AUDIO"))))
        .containsExactly(Map.entry("HD", Requests.A), Map.entry("AUDIO", Requests.B));
  }

  @Test
  void asked_rulesOfOneKeyWithOneName_isOneKey() {
    TrackTypeNames names = new TrackTypeNames(Map.of("SD", "HD"), LIST);

    assertThat(names.asked("host", request(rule(Requests.A, "SD"), rule(Requests.A, "HD"))))
        .containsExactly(Map.entry("HD", Requests.A));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "a type that is not in the list",
            Map.of(),
            request(rule(Requests.A, "VIDEO")),
            "track type \"VIDEO\" is not one of [SD, HD, AUDIO]"),
        Arguments.of(
            "a name that is not in the list",
            Map.of("VIDEO", "UHD"),
            request(rule(Requests.A, "VIDEO")),
            "track type \"VIDEO\", which it is said to call \"UHD\", is not one of [SD, HD, AUDIO]"),
        Arguments.of(
            "two KIDs on one name",
            Map.of("SD", "HD"),
            request(rule(Requests.A, "SD"), rule(Requests.B, "HD")),
            "KIDs %s and %s are both for its track type \"HD\"".formatted(Requests.A, Requests.B)),
        Arguments.of(
            "one KID on two names",
            Map.of(),
            request(rule(Requests.A, "SD"), rule(Requests.A, "HD")),
            "KID %s is for its track types \"SD\" and \"HD\", which have a key each"
                .formatted(Requests.A)),
        Arguments.of(
            "a rule without a type",
            Map.of(),
            request(rule(Requests.A, "")),
            "the rule of KID %s has no track type".formatted(Requests.A)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void asked_unclear_isUnsupported(
      String name, Map<String, String> names, KeyRequest request, String said) {
    TrackTypeNames types = new TrackTypeNames(names, LIST);

    assertThatThrownBy(() -> types.asked("keys.example", request))
        .isInstanceOfSatisfying(
            KeyExchangeException.class,
            e -> assertThat(e.code()).isEqualTo("key-request-unsupported"))
        .hasMessageContaining("keys.example")
        .hasMessageContaining(said);
  }

  private static KeyRequest request(UsageRule... rules) {
    return new KeyRequest(
        "movie-1", ProtectionScheme.CENC, Set.of(DrmSystem.WIDEVINE), Arrays.asList(rules));
  }

  private static UsageRule rule(KeyId id, String type) {
    return new UsageRule(id, type, List.of());
  }
}
