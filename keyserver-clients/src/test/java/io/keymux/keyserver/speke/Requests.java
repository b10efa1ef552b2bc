package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.CLEARKEY;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Key requests of the kinds that the key rules make. */
public final class Requests {
  public static final KeyId A = KeyId.parse("aaaaaaaa-1111-4111-8111-000000000001");
  public static final KeyId B = KeyId.parse("bbbbbbbb-2222-4222-8222-000000000002");
  public static final KeyId C = KeyId.parse("cccccccc-3333-4333-8333-000000000003");

  private Requests() {}

  /** One key for all. */
  public static List<UsageRule> shared() {
    return List.of(rule(A, "ALL", VideoFilter.ANY, AudioFilter.ANY));
  }

  public static List<UsageRule> perType() {
    return List.of(rule(A, "VIDEO", VideoFilter.ANY), rule(B, "AUDIO", AudioFilter.ANY));
  }

  /** As preset1 makes them: a label filter beside an exact one. */
  public static List<UsageRule> perTrack() {
    return List.of(
        rule(
            A, "video-480p", new LabelFilter("video-480p"), VideoFilter.pixels(409_920L, 409_920L)),
        rule(
            B,
            "video-1080p",
            new LabelFilter("video-1080p"),
            VideoFilter.pixels(2_073_600L, 2_073_600L)),
        rule(C, "audio-en", new LabelFilter("audio-en"), new AudioFilter(2, 2)));
  }

  /** A label for tracks of both kinds. */
  public static List<UsageRule> perLabel() {
    return List.of(rule(A, "premium", new LabelFilter("premium")));
  }

  public static KeyRequest of(List<UsageRule> rules, DrmSystem... systems) {
    Set<DrmSystem> set = EnumSet.noneOf(DrmSystem.class);
    set.addAll(List.of(systems));
    ProtectionScheme scheme =
        set.contains(DrmSystem.FAIRPLAY) ? ProtectionScheme.CBCS : ProtectionScheme.CENC;
    return new KeyRequest("movie-1", scheme, set, rules);
  }

  public static Stream<KeyRequest> combinations() {
    return Stream.of(
        of(shared(), WIDEVINE),
        of(perType(), PLAYREADY),
        of(perTrack(), FAIRPLAY),
        of(perLabel(), WIDEVINE, PLAYREADY),
        of(shared(), WIDEVINE, PLAYREADY, FAIRPLAY, CLEARKEY),
        of(perType(), WIDEVINE, FAIRPLAY),
        of(perTrack(), WIDEVINE, PLAYREADY, FAIRPLAY),
        of(perType(), CLEARKEY));
  }

  /** The system ids that are asked for: the common PSSH where ClearKey is alone. */
  public static List<UUID> systems(KeyRequest request) {
    List<UUID> systems =
        request.systems().stream().filter(s -> s != CLEARKEY).map(DrmSystem::systemId).toList();
    return systems.isEmpty() ? List.of(DrmSystem.COMMON_PSSH) : systems;
  }

  private static UsageRule rule(KeyId id, String type, Filter... filters) {
    return new UsageRule(id, type, List.of(filters));
  }
}
