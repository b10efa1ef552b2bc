package io.keymux.keyserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.speke.Leaks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawKeysTest {
  private static final String KID_1 = "11111111222233334444555555555555";
  private static final String KID_2 = "99999999222233334444555555555555";
  private static final String KEY_1 = "c0ffee00c0ffee11c0ffee22c0ffee33";
  private static final String KEY_2 = "deadbeef00deadbeef11deadbeef2222";
  private static final String IV = "0123456789abcdef0123456789abcdef";

  @Test
  void exchange_oneUnlabelledKey_servesAllRules() {
    CpixDocument answer =
        RawKeys.parse(
                List.of("11111111-2222-3333-4444-555555555555:" + KEY_1.toUpperCase(Locale.ROOT)))
            .exchange(request(rule("SD", VideoFilter.ANY), rule("AUDIO", AudioFilter.ANY)));

    assertThat(answer.contentKeys()).hasSize(1);
    ContentKey key = answer.contentKeys().get(0);
    assertThat(key.id()).isEqualTo(KeyId.parse(KID_1));
    assertThat(key.value().reveal()).isEqualTo(HexFormat.of().parseHex(KEY_1));
    assertThat(key.scheme()).isEqualTo(ProtectionScheme.CENC);
    assertThat(key.explicitIv()).isNull();
    assertThat(answer.usageRules()).extracting(UsageRule::keyId).containsOnly(key.id());
    assertThat(answer.usageRules())
        .extracting(UsageRule::intendedTrackType)
        .containsExactly("SD", "AUDIO");
  }

  /** Track type before label filter before kind. */
  @ParameterizedTest
  @CsvSource({"SD,AUDIO", "sd-label,AUDIO", "VIDEO,AUDIO", "SD,audio-en"})
  void exchange_labels_matchTypeLabelOrKind(String first, String second) {
    CpixDocument answer =
        RawKeys.parse(
                List.of(first + "=" + KID_1 + ":" + KEY_1, second + "=" + KID_2 + ":" + KEY_2))
            .exchange(
                request(
                    rule("SD", VideoFilter.ANY, new LabelFilter("sd-label")),
                    rule("AUDIO_1", AudioFilter.ANY, new LabelFilter("audio-en"))));

    assertThat(answer.usageRules())
        .extracting(UsageRule::keyId)
        .containsExactly(KeyId.parse(KID_1), KeyId.parse(KID_2));
    assertThat(answer.contentKeys()).hasSize(2);
  }

  @Test
  void exchange_exactTypeAndKind_exactWins() {
    CpixDocument answer =
        RawKeys.parse(List.of("VIDEO=" + KID_1 + ":" + KEY_1, "UHD=" + KID_2 + ":" + KEY_2))
            .exchange(request(rule("SD", VideoFilter.ANY), rule("UHD", VideoFilter.ANY)));

    assertThat(answer.usageRules())
        .extracting(UsageRule::keyId)
        .containsExactly(KeyId.parse(KID_1), KeyId.parse(KID_2));
  }

  @Test
  void exchange_sameKeyUnderTwoLabels_isOneKey() {
    CpixDocument answer =
        RawKeys.parse(List.of("VIDEO=" + KID_1 + ":" + KEY_1, "AUDIO=" + KID_1 + ":" + KEY_1))
            .exchange(request(rule("V", VideoFilter.ANY), rule("A", AudioFilter.ANY)));

    assertThat(answer.contentKeys()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "CENC," + IV + "," + IV,
    "CBCS," + IV + "," + IV,
    "CENC,0123456789abcdef,0123456789abcdef0000000000000000",
    "CENS,0123456789abcdef,0123456789abcdef0000000000000000",
  })
  void exchange_iv_isSixteenBytes(ProtectionScheme scheme, String given, String expected) {
    CpixDocument answer =
        RawKeys.parse(List.of(KID_1 + ":" + KEY_1 + ":" + given))
            .exchange(request(scheme, List.of(rule("ALL"))));

    assertThat(answer.contentKeys().get(0).explicitIv()).isEqualTo(Bytes.ofHex(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|Key 1 has 1 parts",
        KEY_1 + "|Key 1 has 1 parts",
        KID_1 + ":" + KEY_1 + ":" + IV + ":00|Key 1 has 4 parts",
        KID_1 + ":|Key 1 has a key of 0 hex digits",
        KID_1 + ":" + KEY_1 + "00|Key 1 has a key of 34 hex digits",
        KID_1 + ":" + "g0ffee00c0ffee11c0ffee22c0ffee33|Key 1 has a character in its key",
        KEY_1 + "00:" + KID_1 + "|Key 1 has a KID of 34 characters",
        "1-2-3-4-5:" + KEY_1 + "|Key 1 has a KID of 9 characters",
        KID_1 + ":" + KEY_1 + ":|Key 1 has an IV of 0 hex digits",
        KID_1 + ":" + KEY_1 + ":0123|Key 1 has an IV of 4 hex digits",
        KID_1 + ":" + KEY_1 + ":xyz|Key 1 has a character in its IV",
        KID_1 + ":" + KEY_1 + ":" + KEY_1 + "|Key 1 has its key as IV",
        "=" + KID_1 + ":" + KEY_1 + "|Key 1 has an empty or malformed label",
        "a b=" + KID_1 + ":" + KEY_1 + "|Key 1 has an empty or malformed label",
        KEY_1 + ":x=" + KID_1 + ":" + KEY_1 + "|Key 1 has an empty or malformed label",
      })
  void parse_malformed_namesPositionNotKey(String spec, String expected) {
    DrmException error =
        catchThrowableOfType(DrmException.class, () -> RawKeys.parse(List.of(spec)));

    assertThat(error.code()).isEqualTo("invalid-raw-key");
    assertThat(error.blame()).isEqualTo(DrmException.Blame.CALLER);
    assertThat(error).hasMessageStartingWith(expected);
    Leaks.assertNone(error, KEY_1);
  }

  @Test
  void parse_contradictions_areRefused() {
    for (List<String> specs :
        List.of(
            List.<String>of(),
            List.of(KID_1 + ":" + KEY_1, KID_2 + ":" + KEY_2),
            List.of("A=" + KID_1 + ":" + KEY_1, KID_2 + ":" + KEY_2),
            List.of("A=" + KID_1 + ":" + KEY_1, "A=" + KID_2 + ":" + KEY_2),
            List.of("A=" + KID_1 + ":" + KEY_1, "B=" + KID_1 + ":" + KEY_2),
            List.of("A=" + KID_1 + ":" + KEY_1, "B=" + KID_1 + ":" + KEY_1 + ":" + IV))) {
      DrmException error = catchThrowableOfType(DrmException.class, () -> RawKeys.parse(specs));

      assertThat(error).as("%s", specs).isNotNull();
      assertThat(error.code()).isEqualTo("invalid-raw-key");
      Leaks.assertNone(error, KEY_1, KEY_2);
    }
  }

  @Test
  void exchange_shortIvForCbcs_isRefused() {
    RawKeys keys = RawKeys.parse(List.of(KID_1 + ":" + KEY_1 + ":0123456789abcdef"));
    KeyRequest request = request(ProtectionScheme.CBCS, List.of(rule("ALL")));

    DrmException error = catchThrowableOfType(DrmException.class, () -> keys.exchange(request));

    assertThat(error.code()).isEqualTo("invalid-raw-key");
    assertThat(error).hasMessageContaining("cbcs needs 32");
  }

  @Test
  void exchange_ruleWithoutKey_isRefused() {
    assertFails(
        "raw-key-missing",
        "No key is given for AUDIO; the labels given are [SD].",
        request(rule("SD", VideoFilter.ANY), rule("AUDIO", AudioFilter.ANY)),
        "SD=" + KID_1 + ":" + KEY_1);
  }

  @Test
  void exchange_keyWithoutRule_isRefused() {
    assertFails(
        "raw-key-unused",
        "Key 2 with label \"UHD\" fits no rule; the rules are for [SD].",
        request(rule("SD", VideoFilter.ANY)),
        "SD=" + KID_1 + ":" + KEY_1,
        "UHD=" + KID_2 + ":" + KEY_2);
  }

  @Test
  void exchange_twoLabelsOfOneRule_areRefused() {
    assertFails(
        "raw-key-ambiguous",
        "The rule for X fits several keys: [a, b].",
        request(rule("X", new LabelFilter("a"), new LabelFilter("b"))),
        "a=" + KID_1 + ":" + KEY_1,
        "b=" + KID_2 + ":" + KEY_2);
  }

  @Test
  void exchange_twoKeysForOneSharedKid_areRefused() {
    UsageRule video = rule("V", VideoFilter.ANY);
    UsageRule audio = rule("A", AudioFilter.ANY).withKeyId(video.keyId());
    assertFails(
        "raw-key-ambiguous",
        "The rules of KID " + video.keyId() + " share one key",
        request(video, audio),
        "VIDEO=" + KID_1 + ":" + KEY_1,
        "AUDIO=" + KID_2 + ":" + KEY_2);
  }

  private static void assertFails(
      String code, String message, KeyRequest request, String... specs) {
    RawKeys keys = RawKeys.parse(List.of(specs));

    DrmException error = catchThrowableOfType(DrmException.class, () -> keys.exchange(request));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageStartingWith(message);
    Leaks.assertNone(error, KEY_1, KEY_2);
  }

  private static UsageRule rule(String type, Filter... filters) {
    KeyId id = new KeyId(UUID.nameUUIDFromBytes(type.getBytes(StandardCharsets.UTF_8)));
    return new UsageRule(id, type, List.of(filters));
  }

  private static KeyRequest request(UsageRule... rules) {
    return request(ProtectionScheme.CENC, new ArrayList<>(List.of(rules)));
  }

  private static KeyRequest request(ProtectionScheme scheme, List<UsageRule> rules) {
    return new KeyRequest("movie-1", scheme, Set.of(DrmSystem.WIDEVINE), rules);
  }
}
