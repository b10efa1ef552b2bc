package io.keymux.keyserver.tencent;

import io.keymux.keyserver.answer.TrackTypeNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Tencent's DRM service.
 *
 * @param region of the service, as {@code ap-guangzhou}, or null: this interface needs none
 */
public record TencentDrmOptions(
    DrmType drmType, ContentType contentType, TrackTypeNames trackTypes, @Nullable String region) {

  /** What the key is for; the service keeps one for each, also for the same content. */
  public enum DrmType {
    WIDEVINE,
    FAIRPLAY,
    /** Plain AES; nobody says which tracks it has. */
    NORMALAES;

    /** The tracks that the service names for it, as they are. */
    public TrackTypeNames trackTypes() {
      List<String> tracks =
          switch (this) {
            case WIDEVINE -> List.of("SD", "HD", "UHD1", "UHD2", "AUDIO");
            case FAIRPLAY -> List.of("HD");
            case NORMALAES -> List.of();
          };
      return new TrackTypeNames(Map.of(), new LinkedHashSet<>(tracks));
    }
  }

  /** How the service files the content. */
  public enum ContentType {
    VOD("VodVideo"),
    LIVE("LiveVideo");

    private final String word;

    ContentType(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Video on demand, with the tracks that the service has for {@code drmType}. */
  public static TencentDrmOptions of(DrmType drmType) {
    return new TencentDrmOptions(drmType, ContentType.VOD, drmType.trackTypes(), null);
  }

  public TencentDrmOptions withContentType(ContentType other) {
    return new TencentDrmOptions(drmType, other, trackTypes, region);
  }

  public TencentDrmOptions withTrackTypes(TrackTypeNames others) {
    return new TencentDrmOptions(drmType, contentType, others, region);
  }

  public TencentDrmOptions withRegion(@Nullable String other) {
    return new TencentDrmOptions(drmType, contentType, trackTypes, other);
  }
}
