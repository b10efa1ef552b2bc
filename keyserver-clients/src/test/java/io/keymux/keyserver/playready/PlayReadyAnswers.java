package io.keymux.keyserver.playready;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.cpix.signaling.SignalingSettings;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Answers of a PlayReady key server, with a key of our own. */
public final class PlayReadyAnswers {
  public static final String KEY = "5ec4e700112233445566778899aabbcc";

  private PlayReadyAnswers() {}

  public static String answer(KeyId id, Bytes data) {
    return answer(id.toString().toUpperCase(Locale.ROOT), KEY, data);
  }

  static String answer(String id, String key, Bytes data) {
    return ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + "<AcquirePackagingDataResponse xmlns=\"http://schemas.microsoft.com/DRM/2007/03/protocols\">"
            + "<AcquirePackagingDataResult><KeyId>%s</KeyId><KeyData>%s</KeyData>"
            + "<ProtectionSystemSpecificInfo><Data>%s</Data></ProtectionSystemSpecificInfo>"
            + "</AcquirePackagingDataResult></AcquirePackagingDataResponse></s:Body></s:Envelope>")
        .formatted(
            id, Base64.getEncoder().encodeToString(HexFormat.of().parseHex(key)), data.toBase64());
  }

  public static Bytes object(KeyId id) {
    DrmSignaling made =
        SignalingGenerator.generate(
                new SignalingRequest(
                    "x",
                    ProtectionScheme.CENC,
                    Set.of(DrmSystem.PLAYREADY),
                    List.of(
                        new ContentKey(
                            id,
                            SecretBytes.copyOf(HexFormat.of().parseHex(KEY)),
                            ProtectionScheme.CENC,
                            null)),
                    SignalingSettings.DEFAULT))
            .get(0);
    return data(made);
  }

  static Bytes data(DrmSignaling signaling) {
    return PsshBox.parse(Objects.requireNonNull(signaling.pssh()).toArray()).data();
  }
}
