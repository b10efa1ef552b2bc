package io.keymux.packager.media;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signalling in the shape that key servers send it. */
public final class TestProtection {
  private static final String CBCS_TAIL = "48f3c6899b06";
  private static final String CENC_TAIL = "48e3dc959b06";

  private TestProtection() {}

  /** KID 31323334-3536-3738-3930-3132333435nn. */
  public static KeyId keyId(int number) {
    return new KeyId(new UUID(0x3132333435363738L, 0x3930313233343500L | number));
  }

  public static TrackProtection of(ProtectionScheme scheme, KeyId keyId, DrmSystem... systems) {
    List<DrmSignaling> signaling =
        Arrays.stream(systems).map(system -> signaling(system, scheme, keyId)).toList();
    return of(scheme, keyId, signaling);
  }

  public static TrackProtection of(
      ProtectionScheme scheme, KeyId keyId, List<DrmSignaling> signaling) {
    Bytes iv =
        scheme == ProtectionScheme.CBCS ? Bytes.ofHex("0123456789abcdef0123456789abcdef") : null;
    return new TrackProtection(keyId, scheme, iv, signaling);
  }

  public static DrmSignaling signaling(DrmSystem system, ProtectionScheme scheme, KeyId keyId) {
    String method = scheme.counterMode() ? "SAMPLE-AES-CTR" : "SAMPLE-AES";
    return switch (system) {
      case WIDEVINE -> widevine(scheme, keyId, method);
      case PLAYREADY -> playReady(keyId, method);
      case FAIRPLAY ->
          hls(
              system.systemId(),
              keyId,
              "METHOD=%s,URI=\"skd://%s\",KEYFORMAT=\"com.apple.streamingkeydelivery\",KEYFORMATVERSIONS=\"1\""
                  .formatted(method, keyId.toHex()));
      case CLEARKEY ->
          new DrmSignaling(
              system.systemId(),
              keyId,
              null,
              "<dashif:Laurl xmlns:dashif=\"https://dashif.org/CPS\">https://keys.example/clearkey?a=1&amp;b=2</dashif:Laurl>",
              null,
              null,
              null);
      case AES_128 ->
          hls(system.systemId(), keyId, "METHOD=AES-128,URI=\"https://keys.example/1\"");
      case SAMPLE_AES ->
          hls(system.systemId(), keyId, "METHOD=SAMPLE-AES,URI=\"https://keys.example/1\"");
    };
  }

  /** A system that says something in HLS alone. */
  public static DrmSignaling hls(UUID systemId, KeyId keyId, @Nullable String attributes) {
    return new DrmSignaling(
        systemId,
        keyId,
        null,
        null,
        attributes == null ? null : "#EXT-X-KEY:" + attributes,
        attributes == null ? null : "#EXT-X-SESSION-KEY:" + attributes,
        null);
  }

  /** A system that says something in DASH alone. */
  public static DrmSignaling dash(UUID systemId, KeyId keyId, @Nullable String xml) {
    return new DrmSignaling(systemId, keyId, null, xml, null, null, null);
  }

  private static DrmSignaling widevine(ProtectionScheme scheme, KeyId keyId, String method) {
    Bytes pssh =
        Bytes.ofHex(
            "000000387073736800000000edef8ba979d64acea3c827dcd51d21ed"
                + "000000181210"
                + keyId.toHex()
                + (scheme.counterMode() ? CENC_TAIL : CBCS_TAIL));
    String line =
        "METHOD=%s,URI=\"data:text/plain;base64,%s\",KEYID=0x%s,KEYFORMAT=\"urn:uuid:%s\",KEYFORMATVERSIONS=\"1\""
            .formatted(method, pssh.toBase64(), keyId.toHex(), DrmSystem.WIDEVINE.systemId());
    return new DrmSignaling(
        DrmSystem.WIDEVINE.systemId(),
        keyId,
        pssh,
        "<cenc:pssh xmlns:cenc=\"urn:mpeg:cenc:2013\">" + pssh.toBase64() + "</cenc:pssh>",
        "#EXT-X-KEY:" + line,
        "#EXT-X-SESSION-KEY:" + line,
        null);
  }

  private static DrmSignaling playReady(KeyId keyId, String method) {
    // Stands for a PlayReady Object; manifests never look inside.
    String pro = Base64.getEncoder().encodeToString(keyId.toGuidBytes());
    String line =
        "METHOD=%s,URI=\"data:text/plain;charset=UTF-16;base64,%s\",KEYFORMAT=\"com.microsoft.playready\",KEYFORMATVERSIONS=\"1\""
            .formatted(method, pro);
    return new DrmSignaling(
        DrmSystem.PLAYREADY.systemId(),
        keyId,
        null,
        "<mspr:pro xmlns:mspr=\"urn:microsoft:playready\">" + pro + "</mspr:pro>",
        "#EXT-X-KEY:" + line,
        "#EXT-X-SESSION-KEY:" + line,
        null);
  }
}
