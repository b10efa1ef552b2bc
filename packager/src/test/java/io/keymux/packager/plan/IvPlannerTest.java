package io.keymux.packager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.encrypt.SampleIvs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IvPlannerTest {
  private static final String OTHER_INPUT = "ab".repeat(32);

  @Test
  void firstCounterIv_sameKeyAndInput_isTheSameEachTime() {
    assertThat(planner(null).firstCounterIv(key(1, null), video(100)))
        .isEqualTo(planner(null).firstCounterIv(key(1, null), video(100)));
  }

  @Test
  void firstCounterIv_otherKeyOrInput_isAnother() {
    TrackSource other = FakeTrack.video(25, 100, 1, 50).fingerprint(OTHER_INPUT).build();

    assertThat(
            List.of(
                planner(null).firstCounterIv(key(1, null), video(100)),
                planner(null).firstCounterIv(key(2, null), video(100)),
                planner(null).firstCounterIv(key(1, null), other)))
        .doesNotHaveDuplicates();
  }

  @Test
  void firstCounterIv_derivedRangesWouldMeet_takesAnother() {
    IvPlanner planner = planner(null);
    ContentKey key = key(1, null);

    // The same name and fingerprint: the same first choice.
    long first = planner.firstCounterIv(key, video(100));
    long second = planner.firstCounterIv(key, video(100));

    assertThat(IvPlanner.meetsAny(List.of(new long[] {first, 100}), second, 100)).isFalse();
  }

  @Test
  void firstCounterIv_ofTheJob_continuesFromTrackToTrackUnderOneKey() {
    IvPlanner planner = planner(Bytes.ofHex("fffffffffffffffe"));
    ContentKey key = key(1, null);

    assertThat(planner.firstCounterIv(key, video(5))).isEqualTo(-2);
    assertThat(planner.firstCounterIv(key, video(7))).isEqualTo(3);
    assertThat(planner.firstCounterIv(key, video(1))).isEqualTo(10);
    assertThat(planner.firstCounterIv(key(2, null), video(1))).isEqualTo(-2);
  }

  /** A counter that starts anew under another KID would be the same key stream again. */
  @Test
  void firstCounterIv_oneKeyUnderTwoKids_continues() {
    IvPlanner planner = planner(Bytes.ofHex("0000000000000007"));

    assertThat(planner.firstCounterIv(key(1, null), video(5))).isEqualTo(7);
    assertThat(planner.firstCounterIv(sameKey(1, null), video(5))).isEqualTo(12);
  }

  @Test
  void firstCounterIv_oneKeyUnderTwoKidsWithIvs_rangesNeverMeet() {
    IvPlanner planner = planner(null);
    ContentKey one = key(1, Bytes.ofHex("00000000000000070000000000000000"));
    ContentKey other = sameKey(1, Bytes.ofHex("00000000000000050000000000000000"));

    assertThat(planner.firstCounterIv(one, video(5))).isEqualTo(7);
    assertThat(planner.firstCounterIv(other, video(2))).isEqualTo(5);
    assertThat(planner.firstCounterIv(other, video(1))).isEqualTo(12);
    assertThat(planner.firstCounterIv(one, video(5))).isEqualTo(13);
  }

  @Test
  void firstCounterIv_ofTheKeyServer_isItsFirstHalf() {
    ContentKey key = key(1, Bytes.ofHex("00000000000000070000000000000000"));
    IvPlanner planner = planner(null);

    assertThat(planner.firstCounterIv(key, video(5))).isEqualTo(7);
    assertThat(planner.firstCounterIv(key, video(5))).isEqualTo(12);
  }

  @Test
  void ivs_of16Bytes_countInTheHighHalfAndKeepTheLow() {
    Bytes given = Bytes.ofHex("00000000000000ff0000000000000010");
    IvPlanner planner = new IvPlanner(given, ProtectionScheme.CENS, 16);

    assertThat(iv(planner.ivs(key(1, null), video(5)), 0)).isEqualTo(given);
    assertThat(iv(planner.ivs(key(1, null), video(5)), 4))
        .isEqualTo(Bytes.ofHex("00000000000001030000000000000010"));
    assertThat(iv(planner.ivs(key(1, null), FakeTrack.audio(3).build()), 0))
        .isEqualTo(Bytes.ofHex("00000000000001040000000000000010"));
  }

  @Test
  void ivs_lowHalfWouldRunOver_isRefused() {
    IvPlanner planner = new IvPlanner(Bytes.ofHex("ff".repeat(16)), ProtectionScheme.CENC, 16);

    assertThatThrownBy(() -> planner.ivs(key(1, null), video(5)))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("iv-overflow"));
  }

  @Test
  void ivs_cbc1_startWithTheGivenAndNeverRepeat() {
    Bytes given = Bytes.ofHex("11".repeat(16));
    IvPlanner planner = new IvPlanner(given, ProtectionScheme.CBC1, 8);
    SampleIvs video = planner.ivs(key(1, null), video(50));
    SampleIvs audio = planner.ivs(key(1, null), FakeTrack.audio(3).build());

    assertThat(iv(video, 0)).isEqualTo(given);
    Set<Bytes> seen = new HashSet<>();
    SampleIvs again = planner.ivs(sameKey(1, null), FakeTrack.audio(4).build());
    for (int i = 0; i < 50; i++) {
      assertThat(seen.add(iv(video, i)) && seen.add(iv(audio, i))).isTrue();
    }
    assertThat(iv(again, 0)).isNotEqualTo(given);
  }

  private static Bytes iv(SampleIvs ivs, int sample) {
    byte[] block = new byte[16];
    ivs.fill(sample, block);
    return Bytes.copyOf(block);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 5, 15, 5, false",
    "10, 5, 14, 5, true",
    "10, 5, 5, 5, false",
    "10, 5, 5, 6, true",
    "10, 5, 11, 1, true",
    "10, 5, 0, 100, true",
    // Over the end of the numbers: -3 ... 1.
    "-3, 5, 1, 1, true",
    "-3, 5, 2, 1, false",
    "-3, 5, -4, 1, false",
    "-3, 5, -4, 2, true",
    "0, 2, -5, 6, true",
    "0, 2, -5, 5, false",
    "9223372036854775807, 3, -9223372036854775808, 1, true",
  })
  void meetsAny_modulo2To64(long used, long usedCount, long first, long count, boolean meets) {
    assertThat(IvPlanner.meetsAny(List.of(new long[] {used, usedCount}), first, count))
        .isEqualTo(meets);
  }

  @Test
  void constantIv_withoutWishes_dependsOnTheKeyAlone() {
    Bytes iv = planner(null).constantIv(key(1, null));

    assertThat(iv.size()).isEqualTo(16);
    assertThat(planner(null).constantIv(key(1, null))).isEqualTo(iv);
    assertThat(planner(null).constantIv(key(2, null))).isNotEqualTo(iv);
  }

  @Test
  void constantIv_oneWish_isTaken() {
    Bytes wish = Bytes.ofHex("11".repeat(16));

    assertThat(planner(wish).constantIv(key(1, null))).isEqualTo(wish);
    assertThat(planner(null).constantIv(key(1, wish))).isEqualTo(wish);
    assertThat(planner(wish).constantIv(key(1, wish))).isEqualTo(wish);
  }

  @Test
  void constantIv_keyAndJobDiffer_isRefused() {
    IvPlanner planner = planner(Bytes.ofHex("11".repeat(16)));
    ContentKey key = key(1, Bytes.ofHex("22".repeat(16)));

    assertThatThrownBy(() -> planner.constantIv(key))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("iv-conflict"));
  }

  private static IvPlanner planner(@Nullable Bytes wanted) {
    return new IvPlanner(wanted, ProtectionScheme.CENC, 8);
  }

  private static TrackSource video(int samples) {
    return FakeTrack.video(25, samples, 1, 50).build();
  }

  private static ContentKey key(int number, @Nullable Bytes explicitIv) {
    byte[] value = new byte[16];
    value[0] = (byte) number;
    return new ContentKey(KeyId.ofBytes(value), SecretBytes.copyOf(value), null, explicitIv);
  }

  private static ContentKey sameKey(int number, @Nullable Bytes explicitIv) {
    return new ContentKey(KeyId.parse("f".repeat(32)), key(number, null).value(), null, explicitIv);
  }
}
