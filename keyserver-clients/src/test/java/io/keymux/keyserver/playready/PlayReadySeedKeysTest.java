package io.keymux.keyserver.playready;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.answer.SecretForms;
import io.keymux.keyserver.speke.Requests;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlayReadySeedKeysTest {
  /** The public test seed of PlayReady. */
  private static final byte[] SEED =
      Base64.getDecoder().decode("XVBovsmzhP9gRIZxWfFta3VVRPzVEWmJsazEJ46I");

  private static final KeyId ID = KeyId.parse("01020304-0506-0708-090a-0b0c0d0e0f10");

  @Test
  void exchange_testSeed_givesTheKnownKeyForTheKidOfTheRequest() {
    KeyRequest request =
        new KeyRequest(
            "movie-1",
            ProtectionScheme.CENC,
            Set.of(DrmSystem.PLAYREADY),
            List.of(new UsageRule(ID, "ALL", List.of())));

    CpixDocument document = PlayReadySeedKeys.of(SecretBytes.copyOf(SEED)).exchange(request);

    assertThat(document.contentKeys())
        .containsExactly(
            new ContentKey(
                ID,
                SecretBytes.copyOf(HexFormat.of().parseHex("0af844a35a0cdbcd464447d8c2df886e")),
                ProtectionScheme.CENC,
                null));
    assertThat(document.usageRules()).isEqualTo(request.rules());
  }

  @Test
  void exchange_longerSeed_givesTheSameKeysAfterItIsWiped() {
    KeyRequest request = Requests.of(Requests.perTrack(), DrmSystem.PLAYREADY);
    SecretBytes longer = SecretBytes.copyOf(Arrays.copyOf(SEED, 64));
    PlayReadySeedKeys keys = PlayReadySeedKeys.of(longer);
    longer.wipe();

    assertThat(keys.exchange(request))
        .isEqualTo(PlayReadySeedKeys.of(SecretBytes.copyOf(SEED)).exchange(request));
    assertThat(keys.exchange(request).contentKeys()).hasSize(3);
  }

  @Test
  void exchange_constantIv_isTakenOver() {
    Bytes iv = Bytes.ofHex("00112233445566778899aabbccddeeff");
    KeyRequest request =
        new KeyRequest(
            "movie-1", ProtectionScheme.CBCS, Set.of(DrmSystem.PLAYREADY), Requests.shared(), iv);

    assertThat(PlayReadySeedKeys.of(SecretBytes.copyOf(SEED)).exchange(request).contentKeys())
        .extracting(ContentKey::explicitIv)
        .containsExactly(iv);
  }

  @Test
  void of_shortSeed_isRefused() {
    assertThatThrownBy(() -> PlayReadySeedKeys.of(SecretBytes.copyOf(Arrays.copyOf(SEED, 29))))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("key-seed-too-short");
              SecretForms.assertNone(e, HexFormat.of().formatHex(SEED));
            });
    SecretForms.assertNone(
        PlayReadySeedKeys.of(SecretBytes.copyOf(SEED)).toString(), HexFormat.of().formatHex(SEED));
  }
}
