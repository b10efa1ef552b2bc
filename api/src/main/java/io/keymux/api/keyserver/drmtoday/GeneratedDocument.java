package io.keymux.api.keyserver.drmtoday;

import io.keymux.api.config.StreamType;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixWriter;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;

/**
 * A document that nobody sent: a key for each stream type, with places for the signalling of every
 * DRM system that plays the scheme.
 *
 * @param types no two for the same tracks
 */
record GeneratedDocument(
    EmbeddedKeys keys, String asset, ProtectionScheme scheme, List<StreamType> types) {
  private static final long SD_PIXELS = 589_824;
  private static final long HD_PIXELS = 2_073_600;
  private static final long UHD1_PIXELS = 8_847_360;

  /** CPIX 2.3, still without keys. */
  Document tree() {
    List<RequestedKey> asked = new ArrayList<>();
    List<DrmSignaling> systems = new ArrayList<>();
    List<UsageRule> rules = new ArrayList<>();
    for (StreamType type : types) {
      KeyId id = keys.keyId(asset, type.name());
      asked.add(new RequestedKey(id, scheme, null));
      for (DrmSystem system : DrmSystem.values()) {
        if (system.plays(scheme)) {
          systems.add(places(system, id));
        }
      }
      rules.addAll(rules(type, id));
    }
    CpixDocument document =
        new CpixDocument(
            asset, CpixVersion.V2_3.text(), List.of(), asked, systems, List.of(), rules);
    return CpixWriter.tree(document, CpixVersion.V2_3);
  }

  /** In one rule, filters for audio and for video would both have to match, so there are two. */
  private List<UsageRule> rules(StreamType type, KeyId id) {
    return switch (type) {
      case AUDIO, VIDEO, SD, HD, UHD1, UHD2 ->
          List.of(new UsageRule(id, type.name(), List.of(filter(type))));
      case VIDEO_AUDIO ->
          List.of(
              new UsageRule(id, StreamType.VIDEO.name(), List.of(VideoFilter.ANY)),
              new UsageRule(id, StreamType.AUDIO.name(), List.of(AudioFilter.ANY)));
    };
  }

  /**
   * @see "AWS SPEKE v2.0, Encryption presets"
   */
  private Filter filter(StreamType type) {
    return switch (type) {
      case AUDIO -> AudioFilter.ANY;
      case VIDEO, VIDEO_AUDIO -> VideoFilter.ANY;
      case SD -> VideoFilter.pixels(null, SD_PIXELS);
      case HD -> VideoFilter.pixels(SD_PIXELS + 1, above() ? HD_PIXELS : null);
      case UHD1 -> VideoFilter.pixels(HD_PIXELS + 1, UHD1_PIXELS);
      case UHD2 -> VideoFilter.pixels(UHD1_PIXELS + 1, null);
    };
  }

  /** Whether there is a type above HD, which then ends where that begins. */
  private boolean above() {
    return types.contains(StreamType.UHD1) || types.contains(StreamType.UHD2);
  }

  /** The box of ClearKey is the common one, of another system; clients refuse it here. */
  private static DrmSignaling places(DrmSystem system, KeyId id) {
    boolean box = system == DrmSystem.WIDEVINE || system == DrmSystem.PLAYREADY;
    return new DrmSignaling(
        system.systemId(),
        id,
        box ? Bytes.empty() : null,
        system == DrmSystem.FAIRPLAY ? null : "",
        "",
        "",
        system == DrmSystem.PLAYREADY ? "" : null);
  }
}
