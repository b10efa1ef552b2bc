package io.keymux.cpix;

import static io.keymux.cpix.Rules.key;
import static io.keymux.cpix.Rules.kid;
import static io.keymux.cpix.Rules.leaf;
import static io.keymux.cpix.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracks that are encrypted with leaf keys of a root key: 9 is the root of 1 and 2, 3 is alone. */
class LeafKeysTest {
  private static final Track HD = Tracks.video("hd", 1920, 1080);
  private static final Track AUDIO = Tracks.audio("audio", 2, 128_000);
  private static final Track TEXT = Tracks.text("text");
  private static final UUID WIDEVINE = DrmSystem.WIDEVINE.systemId();
  private static final List<UsageRule> RULES =
      List.of(
          rule(1, VideoFilter.pixels(null, 921_600L)),
          rule(2, VideoFilter.pixels(921_601L, null)),
          rule(3, AudioFilter.ANY));

  @Test
  void resolve_leafKeys_nameTheirRootAndKeepTheirSignaling() {
    CpixDocument document =
        document(List.of(), signaling(9, "<pssh/>"), signaling(2, null), signaling(3, null));

    TrackKeys keys = TrackKeys.resolve(document, List.of(HD, AUDIO, TEXT), Set.of());

    assertThat(keys.assignments())
        .extracting(TrackKeys.Assignment::key, TrackKeys.Assignment::rootKeyId)
        .containsExactly(tuple(leaf(2, 9), kid(9)), tuple(key(3), null), tuple(null, null));
    assertThat(document.signaling(kid(9))).hasSize(1);
    assertThat(document.signaling(kid(2))).hasSize(1);
    assertThat(document.signaling(kid(1))).isEmpty();
  }

  @Test
  void resolve_clearTrack_hasNoRoot() {
    assertThat(TrackKeys.resolve(document(List.of()), List.of(HD), Set.of("hd")).assignments())
        .extracting(TrackKeys.Assignment::key, TrackKeys.Assignment::rootKeyId)
        .containsExactly(tuple(null, null));
  }

  /** Licences are for the root key; whoever packages need not know it. */
  @Test
  void resolve_rootWithoutValue_isEnough() {
    CpixDocument document =
        document(
            List.of(leaf(1, 9), leaf(2, 9), key(3)),
            List.of(new RequestedKey(kid(9), ProtectionScheme.CBCS, null)));

    assertThat(TrackKeys.resolve(document, List.of(HD), Set.of()).assignments().get(0))
        .extracting(TrackKeys.Assignment::rootKeyId)
        .isEqualTo(kid(9));
  }

  /** A leaf may not say it itself, so the packager would not see that it is for another scheme. */
  @Test
  void resolve_leafKey_hasTheSchemeOfItsRoot() {
    CpixDocument document =
        document(
            List.of(leaf(1, 9), leaf(2, 9), key(3)),
            List.of(new RequestedKey(kid(9), ProtectionScheme.CBCS, null)));

    ContentKey found =
        TrackKeys.resolve(document, List.of(HD), Set.of()).assignments().get(0).key();

    assertThat(found)
        .isEqualTo(
            new ContentKey(
                kid(2), key(2).value(), ProtectionScheme.CBCS, null, KeyDetails.leafOf(kid(9))));
  }

  @Test
  void resolve_rootThatIsNotThere_isRefusedEvenIfNoTrackNeedsIt() {
    CpixDocument document = document(List.of(leaf(1, 8), key(9), leaf(2, 9), key(3)), List.of());

    UnresolvedKeyException e = failure(document, AUDIO);

    assertThat(e.code()).isEqualTo("cpix-root-key-missing");
    assertThat(e).hasMessageContaining(kid(1).toString()).hasMessageContaining(kid(8).toString());
  }

  @Test
  void resolve_rootThatIsALeaf_isRefused() {
    CpixDocument document =
        document(List.of(leaf(1, 9), leaf(2, 9), leaf(9, 7), key(7), key(3)), List.of());

    assertThat(failure(document, HD).code()).isEqualTo("cpix-nested-hierarchy");
  }

  @Test
  void resolve_ruleOfTheRoot_isRefused() {
    CpixDocument document =
        Rules.document(List.of(key(9), leaf(1, 9)), List.of(), rule(9, VideoFilter.ANY));

    assertThat(failure(document, HD).code()).isEqualTo("root-key-in-usage-rule");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void resolve_leafWithMoreThanAPssh_isRefused(int which) {
    @Nullable String[] said = new @Nullable String[4];
    said[which] = "x";
    DrmSignaling more =
        new DrmSignaling(WIDEVINE, kid(2), Bytes.ofHex("00"), said[0], said[1], said[2], said[3]);

    UnresolvedKeyException e = failure(document(List.of(), more), AUDIO);

    assertThat(e.code()).isEqualTo("cpix-leaf-key-signaling");
    assertThat(e).hasMessageContaining(kid(2).toString()).hasMessageContaining(WIDEVINE.toString());
  }

  private static CpixDocument document(List<RequestedKey> requested, DrmSignaling... signaling) {
    return document(List.of(key(9), leaf(1, 9), leaf(2, 9), key(3)), requested, signaling);
  }

  private static CpixDocument document(
      List<ContentKey> keys, List<RequestedKey> requested, DrmSignaling... signaling) {
    return new CpixDocument(null, null, keys, requested, List.of(signaling), List.of(), RULES);
  }

  private static DrmSignaling signaling(int key, @Nullable String contentProtection) {
    return new DrmSignaling(
        WIDEVINE, kid(key), Bytes.ofHex("00"), contentProtection, null, null, null);
  }

  private static UnresolvedKeyException failure(CpixDocument document, Track track) {
    return catchThrowableOfType(
        UnresolvedKeyException.class, () -> TrackKeys.resolve(document, List.of(track), Set.of()));
  }
}
