package io.keymux.packager.dash;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.packager.media.TrackProtection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ContentProtection descriptors of a protected AdaptationSet: the scheme with the KID first,
 * then each DRM system in the job's order.
 *
 * <p>FairPlay never appears, as it plays no DASH. A W3C common pssh does not appear beside
 * ClearKey, as Shaka Player then takes the wrong one and asks no license server.
 *
 * @see "ISO/IEC 23009-1, 5.8.4.1 Content protection"
 */
final class ContentProtections {
  /** An unregistered identifier that some packagers and key servers use for FairPlay. */
  private static final UUID OLD_FAIRPLAY = UUID.fromString("29701fe4-3cc7-4a34-8c5b-ae90c7439a47");

  private static final Set<UUID> NOT_IN_DASH =
      Set.of(
          DrmSystem.FAIRPLAY.systemId(),
          OLD_FAIRPLAY,
          DrmSystem.AES_128.systemId(),
          DrmSystem.HLS_AES_128_V1,
          DrmSystem.SAMPLE_AES.systemId());

  private ContentProtections() {}

  /**
   * @param protections of one set, in order of time; the first is the one that the init segment
   *     names
   */
  static void write(XmlWriter xml, List<TrackProtection> protections) {
    if (protections.isEmpty()) {
      return;
    }
    TrackProtection protection = protections.get(0);
    xml.element(
        "ContentProtection",
        () ->
            xml.attribute("schemeIdUri", "urn:mpeg:dash:mp4protection:2011")
                .attribute("value", protection.scheme().fourCc())
                .attribute("cenc:default_KID", protection.keyId()));
    List<DrmSignaling> shown =
        protections.stream()
            .flatMap(p -> p.signaling().stream())
            .filter(ContentProtections::appears)
            .filter(distinctBy(s -> List.of(s.systemId(), said(s))))
            .toList();
    boolean clearKey = shown.stream().anyMatch(s -> s.system() == DrmSystem.CLEARKEY);
    for (DrmSignaling signaling : shown) {
      if (!(clearKey && signaling.systemId().equals(DrmSystem.COMMON_PSSH))) {
        writeSystem(xml, signaling);
      }
    }
  }

  /** What the descriptor of a system would hold: equal ones of different keys appear once. */
  private static Object said(DrmSignaling signaling) {
    String text = signaling.contentProtection();
    return text != null ? text : Objects.requireNonNullElse(signaling.pssh(), Bytes.empty());
  }

  private static <T> Predicate<T> distinctBy(Function<T, Object> key) {
    Set<Object> seen = new HashSet<>();
    return value -> seen.add(key.apply(value));
  }

  private static boolean appears(DrmSignaling signaling) {
    DrmSystem system = signaling.system();
    if (system == DrmSystem.WIDEVINE || system == DrmSystem.PLAYREADY) {
      return true;
    }
    if (system == DrmSystem.CLEARKEY) {
      return signaling.contentProtection() != null;
    }
    // Others only if they have something to say in an MPD: some are for HLS alone.
    return !NOT_IN_DASH.contains(signaling.systemId())
        && (signaling.contentProtection() != null || signaling.pssh() != null);
  }

  private static void writeSystem(XmlWriter xml, DrmSignaling signaling) {
    xml.element(
        "ContentProtection",
        () -> {
          xml.attribute("schemeIdUri", "urn:uuid:" + signaling.systemId());
          String value = value(signaling.system());
          if (value != null) {
            xml.attribute("value", value);
          }
          if (signaling.contentProtection() != null) {
            if (!signaling.contentProtection().isBlank()) {
              xml.fragment(SignalingXml.of(signaling, signaling.contentProtection()));
            }
          } else if (signaling.pssh() != null) {
            xml.text("cenc:pssh", signaling.pssh().toBase64());
          }
        });
  }

  private static @Nullable String value(@Nullable DrmSystem system) {
    if (system == null) {
      return null;
    }
    return switch (system) {
      case WIDEVINE -> "Widevine";
      case PLAYREADY -> "MSPR 2.0";
      case CLEARKEY -> "ClearKey1.0";
      case FAIRPLAY, AES_128, SAMPLE_AES -> null;
    };
  }
}
