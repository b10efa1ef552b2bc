package io.keymux.keyserver.widevine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.cpix.signaling.SignalingSettings;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Answers in the shape of the interface, with keys of our own. */
public final class WidevineAnswers {
  public static final KeyId SD = KeyId.parse("5d000000-1111-4222-8333-000000000001");
  public static final KeyId AUDIO = KeyId.parse("a0000000-1111-4222-8333-000000000002");
  public static final String SD_KEY = "5d5e5f00112233445566778899aabbcc";
  public static final String AUDIO_KEY = "a0a1a200112233445566778899aabbcd";
  public static final KeyRequest REQUEST =
      new KeyRequest(
          "test content id".replace(' ', '-'),
          ProtectionScheme.CENC,
          Set.of(DrmSystem.WIDEVINE),
          List.of(
              new UsageRule(KeyId.parse("00000000-0000-4000-8000-00000000000a"), "SD", List.of()),
              new UsageRule(
                  KeyId.parse("00000000-0000-4000-8000-00000000000b"), "AUDIO", List.of())));

  private WidevineAnswers() {}

  public static String good() {
    return ok(
        track("SD", SD, SD_KEY, pssh("WIDEVINE", box(DrmSystem.WIDEVINE, SD))),
        track("AUDIO", AUDIO, AUDIO_KEY, pssh("WIDEVINE", box(DrmSystem.WIDEVINE, AUDIO))));
  }

  public static String ok(String... tracks) {
    return "{\"status\":\"OK\",\"drm\":[{\"type\":\"WIDEVINE\","
        + "\"system_id\":\"7e+LqXnWSs6jyCfc1R0h7Q==\"}],\"tracks\":["
        + String.join(",", tracks)
        + "]}";
  }

  /**
   * @param more further members, each after a comma
   */
  public static String track(String type, KeyId id, String key, String more) {
    return "{\"type\":\"%s\",\"key_id\":\"%s\",\"key\":\"%s\"%s}"
        .formatted(type, b64(id.toBytes()), b64(HexFormat.of().parseHex(key)), more);
  }

  public static String pssh(String drmType, Bytes box) {
    return ",\"pssh\":[{\"drm_type\":\"%s\",\"data\":\"%s\",\"boxes\":\"%s\"}]"
        .formatted(drmType, PsshBox.parse(box.toArray()).data().toBase64(), box.toBase64());
  }

  public static String dataOnly(Bytes box) {
    return ",\"pssh\":[{\"drm_type\":\"WIDEVINE\",\"data\":\"%s\"}]"
        .formatted(PsshBox.parse(box.toArray()).data().toBase64());
  }

  public static Bytes box(DrmSystem system, KeyId id) {
    Bytes pssh =
        SignalingGenerator.generate(
                new SignalingRequest(
                    "x",
                    ProtectionScheme.CENC,
                    Set.of(system),
                    List.of(
                        new ContentKey(
                            id,
                            SecretBytes.copyOf(new byte[ContentKey.SIZE_BYTES]),
                            ProtectionScheme.CENC,
                            null)),
                    SignalingSettings.DEFAULT))
            .get(0)
            .pssh();
    if (pssh == null) {
      throw new AssertionError(system + " has a pssh");
    }
    return pssh;
  }

  /** In its envelope. */
  public static String wrapped(String inner) {
    return "{\"response\":\"%s\"}".formatted(b64(inner.getBytes(UTF_8)));
  }

  public static String b64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
