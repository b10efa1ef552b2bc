package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.PsshBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the signalling of a job: one {@link DrmSignaling} for each key and system, keys in the
 * order of the request, systems in the order of {@link DrmSystem}.
 *
 * <p>{@code pssh} and {@code contentProtection} name <b>all</b> keys of the request, sorted by KID:
 * every adaptation set then carries the identical box, which players request once. HLS lines name
 * their own key only, since a player loads the keys of a playlist by its lines.
 */
public final class SignalingGenerator {
  private SignalingGenerator() {}

  /**
   * @throws SignalingException with code {@code playready-object-too-large}, {@code
   *     invalid-uri-template} or {@code invalid-signaling-value} if a setting cannot be written
   */
  public static List<DrmSignaling> generate(SignalingRequest request) {
    List<ContentKey> sorted =
        request.keys().stream().sorted(Comparator.comparing(ContentKey::id)).toList();
    List<DrmSignaling> signaling = new ArrayList<>();
    for (ContentKey key : request.keys()) {
      for (DrmSystem system : request.systems()) {
        signaling.add(
            switch (system) {
              case WIDEVINE -> widevine(request, sorted, key);
              case PLAYREADY -> playReady(request, sorted, key);
              case FAIRPLAY -> fairPlay(request, key);
              case CLEARKEY -> clearKey(request, sorted, key);
              case AES_128, SAMPLE_AES -> plainKey(request, system, key);
            });
      }
    }
    return List.copyOf(signaling);
  }

  private static DrmSignaling widevine(
      SignalingRequest request, List<ContentKey> all, ContentKey key) {
    Bytes pssh = widevinePssh(request, all);
    String mpd = ContentProtectionXml.pssh(pssh);
    String licenseUrl = request.settings().licenseUrls().get(DrmSystem.WIDEVINE);
    if (licenseUrl != null) {
      mpd += ContentProtectionXml.licenseUrl(licenseUrl);
    }
    HlsKeyAttributes hls =
        HlsKeyAttributes.widevine(request.scheme(), widevinePssh(request, List.of(key)), key.id());
    return signaling(DrmSystem.WIDEVINE, key, pssh, mpd, hls, null);
  }

  private static Bytes widevinePssh(SignalingRequest request, List<ContentKey> keys) {
    WidevinePsshData data =
        WidevinePsshData.of(
            keyIds(keys),
            request.scheme(),
            request.settings().widevineProvider(),
            request.settings().widevineContentId());
    return bytes(data.toPssh());
  }

  private static DrmSignaling playReady(
      SignalingRequest request, List<ContentKey> all, ContentKey key) {
    PlayReadyObject object = playReadyObject(request, all);
    Bytes pssh = bytes(object.toPssh());
    String mpd = ContentProtectionXml.pssh(pssh) + ContentProtectionXml.pro(object.toBytes());
    HlsKeyAttributes hls =
        HlsKeyAttributes.playReady(
            request.scheme(), playReadyObject(request, List.of(key)).toBytes());
    return signaling(DrmSystem.PLAYREADY, key, pssh, mpd, hls, object.toBytes().toBase64());
  }

  private static PlayReadyObject playReadyObject(SignalingRequest request, List<ContentKey> keys) {
    String laUrl = request.settings().licenseUrls().get(DrmSystem.PLAYREADY);
    return PlayReadyObject.of(PlayReadyHeader.of(request.scheme(), keys, laUrl, null));
  }

  private static DrmSignaling fairPlay(SignalingRequest request, ContentKey key) {
    UriTemplate template = new UriTemplate("fairPlayUri", request.settings().fairPlayUri());
    HlsKeyAttributes hls = HlsKeyAttributes.fairPlay(template.expand(request.contentId(), key));
    return signaling(DrmSystem.FAIRPLAY, key, null, null, hls, null);
  }

  private static DrmSignaling clearKey(
      SignalingRequest request, List<ContentKey> all, ContentKey key) {
    String licenseUrl = request.settings().licenseUrls().get(DrmSystem.CLEARKEY);
    String mpd = licenseUrl == null ? null : ContentProtectionXml.licenseUrl(licenseUrl);
    return signaling(
        DrmSystem.CLEARKEY,
        key,
        bytes(CommonPssh.of(keyIds(all))),
        mpd,
        clearKeyHls(request, key),
        null);
  }

  /** A key that players get as 16 bytes from a URL: there is nothing but a playlist line. */
  private static DrmSignaling plainKey(SignalingRequest request, DrmSystem system, ContentKey key) {
    String template = request.settings().keyUri();
    HlsKeyAttributes hls = null;
    if (template != null) {
      String uri = new UriTemplate("keyUri", template).expand(request.contentId(), key);
      hls = HlsKeyAttributes.plainKey(system, uri, key.explicitIv());
    }
    return signaling(system, key, null, null, hls, null);
  }

  private static @Nullable HlsKeyAttributes clearKeyHls(SignalingRequest request, ContentKey key) {
    String template = request.settings().keyUri();
    if (template == null) {
      return null;
    }
    String uri = new UriTemplate("keyUri", template).expand(request.contentId(), key);
    ProtectionScheme scheme = request.scheme();
    // In counter mode every sample has an IV of its own, and RFC 8216bis forbids the attribute.
    return HlsKeyAttributes.clearKey(scheme, uri, scheme.counterMode() ? null : key.explicitIv());
  }

  private static DrmSignaling signaling(
      DrmSystem system,
      ContentKey key,
      @Nullable Bytes pssh,
      @Nullable String contentProtection,
      @Nullable HlsKeyAttributes hls,
      @Nullable String smoothHeader) {
    return new DrmSignaling(
        system.systemId(),
        key.id(),
        pssh,
        contentProtection,
        hls == null ? null : hls.mediaLine(),
        hls == null ? null : hls.multivariantLine(),
        smoothHeader);
  }

  private static List<KeyId> keyIds(List<ContentKey> keys) {
    return keys.stream().map(ContentKey::id).toList();
  }

  private static Bytes bytes(PsshBox box) {
    return Bytes.copyOf(box.toBytes());
  }
}
