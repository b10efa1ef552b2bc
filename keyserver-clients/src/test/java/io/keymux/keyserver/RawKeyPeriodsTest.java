package io.keymux.keyserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.speke.Leaks;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Typed keys that name a key period. */
class RawKeyPeriodsTest {
  private static final String KEY = "c0ffee00c0ffee11c0ffee22c0ffee";

  @ParameterizedTest
  @CsvSource({"1, 1, 3", "2, 2, 3"})
  void exchange_period_takesItsKeysAndThoseOfNone(long index, int video, int audio) {
    CpixDocument answer = exchange(index, "VIDEO@1", "VIDEO@2", "AUDIO");

    KeyPeriod period = KeyPeriod.numbered(index);
    assertThat(answer.keyPeriods()).containsExactly(period);
    assertThat(answer.usageRules())
        .containsExactly(
            rules().get(0).withKeyId(kid(video)).during(period),
            rules().get(1).withKeyId(kid(audio)).during(period));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "4294967295, 3"})
  void exchange_unlabelledKeyForEach_servesAllRules(long index, int key) {
    assertThat(exchange(index, "@1", "@2", "@4294967295").usageRules())
        .extracting(UsageRule::keyId)
        .containsOnly(kid(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|VIDEO AUDIO|key-rotation-unsupported|none of the raw keys names one",
        "3|VIDEO@1 VIDEO@2 AUDIO|raw-key-missing|No key is given for VIDEO in key period 3",
        "1|VIDEO@1 VIDEO AUDIO|raw-key-ambiguous|[VIDEO@1, VIDEO]",
        "1|@1 ''|raw-key-ambiguous|[@1, ]",
        "1|VIDEO@1 AUDIO SD@1|raw-key-unused|label \"SD@1\"",
        "0|VIDEO AUDIO VIDEO@1|raw-key-unused|label \"VIDEO@1\"",
        "1|VIDEO@1 VIDEO@1|invalid-raw-key|repeats the label \"VIDEO@1\"",
        "1|@1 AUDIO@2|invalid-raw-key|beside keys with labels",
        "1|VIDEO@4294967296|invalid-raw-key|key period above 4294967295",
      })
  void exchange_keysThatDoNotFit_areRefused(long index, String names, String code, String message) {
    DrmException error =
        catchThrowableOfType(
            DrmException.class, () -> exchange(index, names.replace("''", "").split(" ", -1)));

    assertThat(error).as(names).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContaining(message);
    Leaks.assertNone(error, KEY);
  }

  @Test
  void exchange_keysOfOtherPeriods_areNoMatter() {
    assertThat(exchange(1, "VIDEO@1", "AUDIO@1", "VIDEO@9").contentKeys()).hasSize(2);
  }

  /**
   * @param index 0 for no period
   * @param names one key each
   */
  private static CpixDocument exchange(long index, String... names) {
    List<String> specs =
        Stream.iterate(1, number -> number <= names.length, number -> number + 1)
            .map(
                number ->
                    (names[number - 1].isEmpty() ? "" : names[number - 1] + "=")
                        + "%032x:%s%02x".formatted(number, KEY, number))
            .toList();
    KeyRequest request =
        new KeyRequest("movie-1", ProtectionScheme.CENC, Set.of(DrmSystem.WIDEVINE), rules());
    return RawKeys.parse(specs)
        .exchange(index == 0 ? request : request.during(KeyPeriod.numbered(index)));
  }

  private static List<UsageRule> rules() {
    return List.of(
        new UsageRule(kid(100), "VIDEO", List.of(VideoFilter.ANY)),
        new UsageRule(kid(101), "AUDIO", List.of(AudioFilter.ANY)));
  }

  private static KeyId kid(int number) {
    return KeyId.parse("%032x".formatted(number));
  }
}
