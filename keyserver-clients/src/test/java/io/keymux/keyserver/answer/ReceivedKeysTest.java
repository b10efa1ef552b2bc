package io.keymux.keyserver.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Requests;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReceivedKeysTest {
  private static final KeyId X = KeyId.parse("11111111-2222-4333-8444-0000000000aa");
  private static final KeyId Y = KeyId.parse("11111111-2222-4333-8444-0000000000bb");
  private static final String KEY = "c0ffee00112233445566778899aabbcc";
  private static final String OTHER = "d1ffee00112233445566778899aabbcd";
  private static final String IV = "00112233445566778899aabbccddeeff";
  private static final KeyRequest CENC = Requests.of(Requests.perType(), DrmSystem.WIDEVINE);
  private static final KeyRequest CBCS = Requests.of(Requests.perType(), DrmSystem.FAIRPLAY);

  /** What came back for VIDEO and AUDIO, and what is to be said of it. */
  record Case(String name, KeyRequest request, List<ReceivedKey> keys, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> violations() {
    ReceivedKey video = key("VIDEO", X, KEY, null);
    ReceivedKey audio = key("AUDIO", Y, OTHER, null);
    return Stream.of(
        bad("missing", "no key for track type AUDIO", video),
        bad("none", "no key for track type VIDEO"),
        bad("extra", "not asked for", video, audio, key("s3cret", X, KEY, null)),
        bad("twice", "more than one key for track type VIDEO", video, video, audio),
        bad("same KID", "KID " + X + " of track type AUDIO", video, key("AUDIO", X, OTHER, null)),
        bad("same key", "have the same key", video, key("AUDIO", Y, KEY, null)),
        bad("short KID", "the KID of track type VIDEO has 15", raw("VIDEO", 15, KEY), audio),
        bad("zero KID", "the KID of track type VIDEO is all zero", raw("VIDEO", 16, KEY), audio),
        bad("short key", "the key of track type VIDEO has 15", cut(video, 30), audio),
        bad("long key", "has 24 bytes, not 16", key("VIDEO", X, KEY + "0011223344556677", null)),
        bad("zero key", "key of KID " + X, key("VIDEO", X, "00".repeat(16), null), audio),
        bad("KID as key", "is its KID, which is public", key("VIDEO", X, X.toHex(), null), audio),
        bad("key as IV", "is the key itself", key("VIDEO", X, KEY, KEY), audio),
        bad("odd IV", "has 12 bytes, which cenc", key("VIDEO", X, KEY, IV.substring(8)), audio),
        bad("swapped", "bytes swapped", key("VIDEO", swapped(Requests.A), KEY, null), audio),
        bad("crossed swap", "bytes swapped", key("VIDEO", swapped(Requests.B), KEY, null), audio),
        bad("crossed", "was asked for another", key("VIDEO", Requests.B, KEY, null), audio),
        new Case(
            "short IV for CBC",
            CBCS,
            List.of(key("VIDEO", X, KEY, IV.substring(16)), audio),
            "has 8 bytes, which cbcs cannot use"));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void assign_violation_isNamedWithoutSecret(Case bad) {
    ReceivedKeys received =
        new ReceivedKeys(
            "keys.example",
            bad.request(),
            TrackTypeNames.SAME.asked("keys.example", bad.request()));

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> received.assign(bad.keys()));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error).hasMessageContaining(bad.said()).hasMessageNotContaining("s3cret");
    SecretForms.assertNone(error, KEY, OTHER);
  }

  @Test
  void assign_sameKeyInAnotherPart_isRefused() {
    ReceivedKeys received = new ReceivedKeys("h", CENC, TrackTypeNames.SAME.asked("h", CENC));
    List<ReceivedKey> keys = List.of(key("VIDEO", X, KEY, null), key("AUDIO", Y, OTHER, null));
    received.assign(keys, " of crypto period 1");

    assertThat(
            catchThrowableOfType(
                KeyExchangeException.class, () -> received.assign(keys, " of crypto period 2")))
        .hasMessageContaining("KID " + X + " of track type VIDEO of crypto period 2");
  }

  @Test
  void assign_good_answersTheRequestWithItsKidsReplaced() {
    CpixDocument document =
        assign(CENC, key("AUDIO", Y, OTHER, IV.substring(16)), key("VIDEO", X, KEY, null))
            .answer(CENC);

    assertThat(document.contentKeys())
        .containsExactly(
            new ContentKey(X, secret(KEY), CENC.scheme(), null),
            new ContentKey(
                Y, secret(OTHER), CENC.scheme(), Bytes.ofHex(IV.substring(16) + "00".repeat(8))));
    assertThat(document.usageRules().get(0)).isEqualTo(CENC.rules().get(0).withKeyId(X));
    assertThat(document.usageRules().get(1)).isEqualTo(CENC.rules().get(1).withKeyId(Y));
  }

  @Test
  void assign_kidsOfTheRequestAndWholeIv_areKept() {
    CpixDocument document =
        assign(CBCS, key("VIDEO", Requests.A, KEY, IV), key("AUDIO", Requests.B, OTHER, null))
            .answer(CBCS);

    assertThat(document.contentKey(Requests.A).orElseThrow().explicitIv())
        .isEqualTo(Bytes.ofHex(IV));
    assertThat(document.usageRules()).isEqualTo(CBCS.rules());
  }

  private static KeyAssignment assign(KeyRequest request, ReceivedKey... keys) {
    return new ReceivedKeys("h", request, TrackTypeNames.SAME.asked("h", request))
        .assign(List.of(keys));
  }

  private static Case bad(String name, String said, ReceivedKey... keys) {
    return new Case(name, CENC, List.of(keys), said);
  }

  private static KeyId swapped(KeyId id) {
    return KeyId.ofBytes(id.toGuidBytes());
  }

  private static ReceivedKey key(String type, KeyId id, String key, @Nullable String iv) {
    return new ReceivedKey(
        type, Bytes.copyOf(id.toBytes()), secret(key), iv == null ? null : Bytes.ofHex(iv));
  }

  private static ReceivedKey raw(String type, int kidBytes, String key) {
    return new ReceivedKey(type, Bytes.copyOf(new byte[kidBytes]), secret(key), null);
  }

  private static ReceivedKey cut(ReceivedKey key, int digits) {
    return new ReceivedKey(key.trackType(), key.keyId(), secret(KEY.substring(0, digits)), null);
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
  }
}
