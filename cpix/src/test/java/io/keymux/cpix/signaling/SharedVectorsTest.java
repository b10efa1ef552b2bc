package io.keymux.cpix.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares with values that Shaka Packager, castLabs and Unified Streaming printed. */
class SharedVectorsTest {
  private static final KeyId KID = KeyId.parse("31323334353637383930313233343536");
  private static final ContentKey KEY = key(KID.toHex(), "32333435363738393021323334353637");

  @Test
  void derive_everyKeySeedVector_givesThePrintedKey() throws IOException {
    JsonNode vectors = vectors();
    SecretBytes seed =
        SecretBytes.copyOf(Base64.getDecoder().decode(vectors.get("seed_b64").asText()));
    for (JsonNode vector : vectors.get("key_seed_vectors")) {
      KeyId kid = KeyId.parse(vector.get("kid").asText());
      SecretBytes expected = SecretBytes.copyOf(Vectors.hex(vector.get("key").asText()));
      assertThat(PlayReadyKeySeed.derive(seed, kid)).as(kid.toString()).isEqualTo(expected);
    }
    assertThat(vectors.get("key_seed_vectors")).isNotEmpty();
  }

  @Test
  void checksum_everyVector_isThePrintedOne() throws IOException {
    JsonNode vectors = vectors();
    List<JsonNode> all =
        Stream.concat(
                StreamSupport.stream(vectors.get("key_seed_vectors").spliterator(), false),
                Stream.of(vectors.get("checksum_vector_shaka"), vectors.get("checksum_vector_wpt")))
            .toList();
    for (JsonNode vector : all) {
      ContentKey key = key(vector.get("kid").asText(), vector.get("key").asText());
      assertThat(PlayReadyChecksum.of(key).toBase64())
          .as(key.id().toString())
          .isEqualTo(vector.get("checksum_b64").asText());
    }
  }

  @Test
  void widevine_kidSchemeProviderContentId_isByteExact() throws IOException {
    JsonNode vectors = vectors();
    assertThat(widevine(ProtectionScheme.CENC, null, null))
        .isEqualTo(vectors.get("pssh_v0_widevine_cenc_hex").asText());
    assertThat(widevine(ProtectionScheme.CBCS, null, null))
        .isEqualTo(vectors.get("pssh_v0_widevine_cbcs_hex").asText());
    assertThat(widevine(ProtectionScheme.CBCS, "acme", "abc"))
        .isEqualTo(vectors.get("pssh_v0_widevine_provider_contentid_cbcs_hex").asText());
  }

  @Test
  void commonPssh_oneAndThreeKids_isByteExact() throws IOException {
    JsonNode vectors = vectors();
    assertThat(Bytes.copyOf(CommonPssh.of(List.of(KID)).toBytes()).toHex())
        .isEqualTo(vectors.get("pssh_v1_w3c_common_hex").asText());
    List<KeyId> three =
        Stream.of(
                "a0000000000000000000000000000001",
                "c0000000000000000000000000000003",
                "b0000000000000000000000000000002")
            .map(KeyId::parse)
            .toList();
    assertThat(Bytes.copyOf(CommonPssh.of(three).toBytes()).toHex())
        .isEqualTo(vectors.get("pssh_v1_w3c_common_3kids_hex").asText());
  }

  @Test
  void playReadyObject_cencAndCbcs_isByteExact() throws IOException {
    JsonNode vectors = vectors();
    assertThat(playReady(ProtectionScheme.CENC))
        .isEqualTo(vectors.get("mspr_pro_v4.0_cenc_b64").asText());
    assertThat(playReady(ProtectionScheme.CBCS))
        .isEqualTo(vectors.get("mspr_pro_v4.3_cbcs_b64").asText());
  }

  private static String widevine(
      ProtectionScheme scheme, @Nullable String provider, @Nullable String contentId) {
    byte[] box = WidevinePsshData.of(List.of(KID), scheme, provider, contentId).toPssh().toBytes();
    return Bytes.copyOf(box).toHex();
  }

  private static String playReady(ProtectionScheme scheme) {
    PlayReadyHeader header = PlayReadyHeader.of(scheme, List.of(KEY), null, null);
    return PlayReadyObject.of(header).toBytes().toBase64();
  }

  private static ContentKey key(String kid, String key) {
    return new ContentKey(KeyId.parse(kid), SecretBytes.copyOf(Vectors.hex(key)), null, null);
  }

  private static JsonNode vectors() throws IOException {
    return new ObjectMapper()
        .readTree(Vectors.shared("packaging/pssh-playready/vectors.json").toFile());
  }
}
