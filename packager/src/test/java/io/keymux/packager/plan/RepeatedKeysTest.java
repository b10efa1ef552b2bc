package io.keymux.packager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackKeys.Assignment;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatedKeysTest {

  @Test
  void notes_everyPeriodItsKeys_none() {
    List<TrackKeys> periods = List.of(period(key(1, 1), key(2, 2)), period(key(3, 3), key(4, 4)));
    RepeatedKeys.requireOneKeyForEachKid(periods);
    assertThat(RepeatedKeys.notes(periods)).isEmpty();
  }

  @Test
  void notes_oneKeyForTwoTracks_none() {
    assertThat(RepeatedKeys.notes(List.of(period(key(1, 1), key(1, 1))))).isEmpty();
  }

  @Test
  void notes_keyOfThePeriodBefore_namesItsTracks() {
    List<TrackKeys> periods =
        List.of(
            period(key(1, 1), key(2, 2)), period(key(1, 1), key(3, 3)), period(null, key(3, 3)));
    RepeatedKeys.requireOneKeyForEachKid(periods);
    assertThat(RepeatedKeys.notes(periods))
        .containsExactly(
            "Key period 2 has the keys of period 1 for video-1: they do not change.",
            "Key period 3 has the keys of period 2 for video-2: they do not change.");
  }

  @Test
  void notes_twoKidsForOneKey_namesThem() {
    assertThat(RepeatedKeys.notes(List.of(period(key(1, 7), key(2, 7)))))
        .containsExactly(
            "The KIDs [%s, %s] stand for one and the same key.".formatted(kid(1), kid(2)));
  }

  @Test
  void require_kidWithAnotherKeyLater_refused() {
    List<TrackKeys> periods = List.of(period(key(1, 1), null), period(null, key(1, 2)));
    assertThatThrownBy(() -> RepeatedKeys.requireOneKeyForEachKid(periods))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("key-conflict");
              assertThat(e.problem())
                  .contains(kid(1).toString(), "period 1", "period 2", "video-2");
            });
  }

  private static TrackKeys period(@Nullable ContentKey... keys) {
    return new TrackKeys(
        IntStream.range(0, keys.length)
            .mapToObj(
                i ->
                    new Assignment(
                        FakeTrack.video(25, 10, 1, 50).name("video-" + (i + 1)).build().track(),
                        keys[i],
                        null,
                        "",
                        null,
                        null))
            .toList());
  }

  private static ContentKey key(int id, int value) {
    byte[] secret = new byte[16];
    secret[0] = (byte) value;
    return new ContentKey(kid(id), SecretBytes.copyOf(secret), null, null);
  }

  private static KeyId kid(int id) {
    byte[] bytes = new byte[16];
    bytes[15] = (byte) id;
    return KeyId.ofBytes(bytes);
  }
}
