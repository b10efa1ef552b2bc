package io.keymux.keyserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedKeysTest {
  private static final KeyId A = KeyId.parse("aaaaaaaa-0000-4000-8000-000000000001");
  private static final KeyId B = KeyId.parse("bbbbbbbb-0000-4000-8000-000000000002");

  private final SeedKeys keys = SeedKeys.of(seed(0));

  @Test
  void of_sameSeed_isStable() {
    SeedKeys again = SeedKeys.of(seed(0));

    assertThat(again.keyId("movie-1", "SD")).isEqualTo(keys.keyId("movie-1", "SD"));
    assertThat(again.keyFor(A)).isEqualTo(keys.keyFor(A));
    assertThat(again.ivFor(A)).isEqualTo(keys.ivFor(A));
  }

  /** Computed with another implementation of HKDF: Python's hmac. */
  @Test
  void apart_knownSeed_givesKnownValues() {
    SeedKeys apart = SeedKeys.of(counting()).apart("tenant acme");
    KeyId id = apart.keyId("movie-1", "ALL");

    assertThat(id.toHex()).isEqualTo("12700a6501b08ef6b38adccb431b1cd9");
    assertThat(HexFormat.of().formatHex(apart.keyFor(id).reveal()))
        .isEqualTo("4cbb4a63ec30954cf32e90f2b872a550");
  }

  @Test
  void apart_otherNames_haveNothingInCommon() {
    SeedKeys root = SeedKeys.of(counting());
    List<SeedKeys> all =
        List.of(root, root.apart("a"), root.apart("b"), root.apart(""), root.apart("a").apart("b"));
    assertThat(all.stream().map(keys -> keys.keyId("movie-1", "ALL"))).doesNotHaveDuplicates();
    assertThat(all.stream().map(keys -> keys.keyFor(A))).doesNotHaveDuplicates();
  }

  private static SecretBytes counting() {
    byte[] seed = new byte[SeedKeys.SEED_BYTES];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    return SecretBytes.copyOf(seed);
  }

  /** Freezes the derivation: a change would lock out every asset that was ever packaged. */
  @Test
  void derivation_knownSeed_givesKnownValues() throws Exception {
    byte[] prk = hmac("keymux-seed-v1".getBytes(StandardCharsets.US_ASCII), seed(0).reveal());
    HexFormat hex = HexFormat.of();
    byte[] kidInfo =
        hex.parseHex("00000003" + "6b6964" + "00000001" + "61" + "00000002" + "5344" + "01");
    byte[] kid = hmac(prk, kidInfo);
    kid[6] = (byte) ((kid[6] & 0x0f) | 0x80);
    kid[8] = (byte) ((kid[8] & 0x3f) | 0x80);
    KeyId id = keys.keyId("a", "SD");
    byte[] keyInfo = hex.parseHex("00000003" + "6b6579" + "00000010" + id.toHex() + "01");
    byte[] ivInfo = hex.parseHex("00000002" + "6976" + "00000010" + id.toHex() + "01");

    assertThat(id.toBytes()).isEqualTo(Arrays.copyOf(kid, 16));
    assertThat(keys.keyFor(id).reveal()).isEqualTo(Arrays.copyOf(hmac(prk, keyInfo), 16));
    assertThat(keys.ivFor(id).toArray()).isEqualTo(Arrays.copyOf(hmac(prk, ivInfo), 16));
  }

  @Test
  void keyId_anyInput_isVersion8AndDistinct() {
    Set<KeyId> ids = new HashSet<>();
    for (String content : List.of("a", "ab", "abc", "b", "movie-1")) {
      for (String type : List.of("", "c", "bc", "SD", "AUDIO")) {
        KeyId id = keys.keyId(content, type);
        assertThat(id.uuid().version()).isEqualTo(8);
        assertThat(id.uuid().variant()).isEqualTo(2);
        assertThat(ids.add(id)).as("%s/%s", content, type).isTrue();
      }
    }
    assertThat(SeedKeys.of(seed(1)).keyId("a", "SD")).isNotIn(ids);
  }

  /** Frozen as {@link #derivation_knownSeed_givesKnownValues}. */
  @Test
  void keyId_period_isAThirdPartOfEightBytes() throws Exception {
    byte[] prk = hmac("keymux-seed-v1".getBytes(StandardCharsets.US_ASCII), seed(0).reveal());
    byte[] info =
        HexFormat.of()
            .parseHex(
                "00000003"
                    + "6b6964"
                    + "00000001"
                    + "61"
                    + "00000002"
                    + "5344"
                    + "00000008"
                    + "0000000000000002"
                    + "01");
    byte[] kid = hmac(prk, info);
    kid[6] = (byte) ((kid[6] & 0x0f) | 0x80);
    kid[8] = (byte) ((kid[8] & 0x3f) | 0x80);

    assertThat(keys.keyId("a", "SD", 2L).toBytes()).isEqualTo(Arrays.copyOf(kid, 16));
    assertThat(keys.keyId("a", "SD", null)).isEqualTo(keys.keyId("a", "SD"));
    assertThat(
            List.of(
                keys.keyId("a", "SD"),
                keys.keyId("a", "SD", 0L),
                keys.keyId("a", "SD", 1L),
                keys.keyId("a", "SD", 2L)))
        .doesNotHaveDuplicates();
  }

  @Test
  void exchange_period_hasKeysOfItsOwnAndRulesThatNameIt() {
    KeyRequest request = request(ProtectionScheme.CBCS, new UsageRule(A, "ALL", List.of()));
    KeyPeriod second = KeyPeriod.numbered(2);

    CpixDocument answer = keys.exchange(request.during(second));

    KeyId id = keys.keyId("movie-1", "ALL", 2L);
    assertThat(answer.keyPeriods()).containsExactly(second);
    assertThat(answer.usageRules())
        .containsExactly(new UsageRule(id, "ALL", List.of(new KeyPeriodFilter("period-2"))));
    assertThat(answer.contentKeys()).containsExactly(keys.contentKey(id, ProtectionScheme.CBCS));
    assertThat(keys.exchange(request.during(second))).isEqualTo(answer);
  }

  @Test
  void keyFor_otherSeedOtherKid_differs() {
    assertThat(keys.keyFor(A)).isNotEqualTo(keys.keyFor(B));
    assertThat(keys.keyFor(A)).isNotEqualTo(SeedKeys.of(seed(1)).keyFor(A));
    assertThat(keys.keyFor(A).reveal()).isNotEqualTo(keys.ivFor(A).toArray());
  }

  @ParameterizedTest
  @EnumSource(ProtectionScheme.class)
  void exchange_perTypeRules_answersEachWithItsKey(ProtectionScheme scheme) {
    CpixDocument answer =
        keys.exchange(
            request(
                scheme,
                new UsageRule(A, "VIDEO", List.of(VideoFilter.ANY)),
                new UsageRule(B, "AUDIO", List.of(AudioFilter.ANY))));

    KeyId video = keys.keyId("movie-1", "VIDEO");
    assertThat(answer.contentId()).isEqualTo("movie-1");
    assertThat(answer.usageRules())
        .containsExactly(
            new UsageRule(video, "VIDEO", List.of(VideoFilter.ANY)),
            new UsageRule(keys.keyId("movie-1", "AUDIO"), "AUDIO", List.of(AudioFilter.ANY)));
    assertThat(answer.contentKeys()).hasSize(2);
    ContentKey key = answer.contentKey(video).orElseThrow();
    assertThat(key.value()).isEqualTo(keys.keyFor(video));
    assertThat(key.scheme()).isEqualTo(scheme);
    assertThat(key.explicitIv()).isEqualTo(scheme.counterMode() ? null : keys.ivFor(video));
  }

  @Test
  void exchange_requestWithConstantIv_takesItOver() {
    Bytes iv = Bytes.ofHex("0f".repeat(16));
    UsageRule rule =
        new UsageRule(KeyId.parse("00000000-0000-0000-0000-000000000001"), "ALL", List.of());

    CpixDocument answer =
        keys.exchange(
            new KeyRequest(
                "film", ProtectionScheme.CBCS, Set.of(DrmSystem.WIDEVINE), List.of(rule), iv));

    assertThat(answer.contentKeys().get(0).explicitIv()).isEqualTo(iv);
  }

  @Test
  void exchange_rulesThatShareAKid_shareAKey() {
    CpixDocument answer =
        keys.exchange(
            request(
                ProtectionScheme.CBCS,
                new UsageRule(A, "SD", List.of(VideoFilter.pixels(null, 589_824L))),
                new UsageRule(A, "AUDIO", List.of(AudioFilter.ANY))));

    assertThat(answer.contentKeys()).hasSize(1);
    assertThat(answer.usageRules())
        .extracting(UsageRule::keyId)
        .containsOnly(keys.keyId("movie-1", "SD+AUDIO"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33, 64})
  void of_wrongLength_throws(int length) {
    assertThatThrownBy(() -> SeedKeys.of(SecretBytes.copyOf(new byte[length])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(length));
  }

  @Test
  void of_seedWipedAfterwards_stillDerives() {
    SecretBytes seed = seed(0);
    SeedKeys made = SeedKeys.of(seed);
    seed.wipe();

    assertThat(made.keyFor(A)).isEqualTo(keys.keyFor(A));
  }

  private static KeyRequest request(ProtectionScheme scheme, UsageRule... rules) {
    return new KeyRequest("movie-1", scheme, Set.of(DrmSystem.WIDEVINE), List.of(rules));
  }

  private static SecretBytes seed(int first) {
    byte[] seed = new byte[SeedKeys.SEED_BYTES];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) (first + i);
    }
    return SecretBytes.copyOf(seed);
  }

  private static byte[] hmac(byte[] key, byte[] data) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }
}
