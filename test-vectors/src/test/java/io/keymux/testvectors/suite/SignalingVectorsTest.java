package io.keymux.testvectors.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.PlayReadyKeySeed;
import io.keymux.cpix.signaling.PlayReadyObject;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.testvectors.suite.VectorFile.Vector;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs {@code vectors/pssh} and {@code vectors/playready}. Add a case there, not here. */
class SignalingVectorsTest {

  static List<Vector> pssh() throws IOException {
    return VectorFile.read("pssh");
  }

  static List<Vector> playready() throws IOException {
    return VectorFile.read("playready");
  }

  @ParameterizedTest
  @MethodSource("pssh")
  void parse_psshVector_hasItsVerdict(Vector vector) {
    byte[] box = HexFormat.of().parseHex(vector.input().path("hex").asText());
    if (!vector.isValid()) {
      assertThatThrownBy(() -> PsshBox.parse(box))
          .isInstanceOfSatisfying(
              MalformedBoxException.class,
              e -> assertThat(e.code()).isEqualTo(vector.expected().path("code").asText()));
      return;
    }
    PsshBox parsed = PsshBox.parse(box);

    assertThat(parsed.toBytes()).isEqualTo(box);
    assertThat(parsed.version()).isEqualTo(vector.expected().path("version").asInt());
    assertThat(parsed.systemId()).hasToString(vector.expected().path("systemId").asText());
    assertThat(parsed.keyIds().stream().map(KeyId::toString).toList())
        .isEqualTo(vector.expected().path("keyIds").valueStream().map(JsonNode::asText).toList());
    assertThat(parsed.data().toHex()).isEqualTo(vector.expected().path("data").asText());
    for (int length = 0; length < box.length; length++) {
      byte[] truncated = Arrays.copyOf(box, length);
      assertThatThrownBy(() -> PsshBox.parse(truncated)).isInstanceOf(MalformedBoxException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("playready")
  void make_playReadyVector_isAsExpected(Vector vector) {
    KeyId keyId = KeyId.parse(vector.input().path("keyId").asText());
    SecretBytes key;
    if (vector.input().has("seed")) {
      byte[] seed = Base64.getDecoder().decode(vector.input().path("seed").asText());
      key = PlayReadyKeySeed.derive(SecretBytes.copyOf(seed), keyId);
      assertThat(key).isEqualTo(secret(vector.expected().path("key").asText()));
      assertThat(HexFormat.of().formatHex(keyId.toGuidBytes()))
          .isEqualTo(vector.expected().path("guid").asText());
    } else {
      key = secret(vector.input().path("key").asText());
    }
    ProtectionScheme scheme =
        ProtectionScheme.ofFourCc(vector.input().path("scheme").asText("cenc"));

    PlayReadyObject object = object(keyId, key, scheme);

    if (vector.expected().has("checksum")) {
      assertThat(object.header().orElseThrow().toXml())
          .contains("<CHECKSUM>" + vector.expected().path("checksum").asText() + "</CHECKSUM>");
    }
    if (vector.expected().has("object")) {
      assertThat(object.toBytes().toBase64()).isEqualTo(vector.expected().path("object").asText());
    }
  }

  private static PlayReadyObject object(KeyId keyId, SecretBytes key, ProtectionScheme scheme) {
    DrmSignaling signaling =
        SignalingGenerator.generate(
                new SignalingRequest(
                    "vector",
                    scheme,
                    Set.of(DrmSystem.PLAYREADY),
                    List.of(new ContentKey(keyId, key, scheme, null)),
                    SignalingSettings.DEFAULT))
            .get(0);
    Bytes pssh = Objects.requireNonNull(signaling.pssh());
    return PlayReadyObject.parse(PsshBox.parse(pssh.toArray()).data().toArray());
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
  }
}
