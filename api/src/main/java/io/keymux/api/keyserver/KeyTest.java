package io.keymux.api.keyserver;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.profile.KeyServer;
import io.keymux.keyserver.profile.KeyServerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with a key server, to see whether the account works and what the server does. Keys
 * are counted, never shown.
 *
 * @param server what may be said of it, or null if it is no account but a local source
 * @param milliseconds from the request to the checked answer
 * @param kids {@code kept} or {@code replaced}
 * @param keys one for each rule that was asked
 * @param signaling what the server gave for players; what it did not give is made by Keymux
 */
public record KeyTest(
    @Nullable Server server,
    long milliseconds,
    String contentId,
    String scheme,
    String kids,
    List<Key> keys,
    List<Signaling> signaling) {

  /** Renditions as ladders have them, and a sound track, with the labels that key servers know. */
  private static final List<Track> TRACKS =
      List.of(
          video("SD", 854, 480),
          video("HD", 1920, 1080),
          video("UHD1", 3840, 2160),
          audio("AUDIO", 2));

  /**
   * @param maxKeys for one asset, or null for no limit
   */
  public record Server(
      String name,
      String profile,
      String title,
      String transport,
      String auth,
      String host,
      @Nullable Integer maxKeys,
      String contentId,
      List<String> schemes,
      List<String> systems) {

    /** What may be shown of an account. */
    public static Server of(String name, KeyServerFacts facts) {
      return new Server(
          name,
          facts.profile(),
          facts.title(),
          facts.transport(),
          facts.auth(),
          facts.host(),
          facts.maxKeys() == Integer.MAX_VALUE ? null : facts.maxKeys(),
          facts.contentId(),
          facts.schemes().stream().map(ProtectionScheme::fourCc).sorted().toList(),
          facts.systems().stream().map(DrmSystem::id).sorted().toList());
    }
  }

  /**
   * @param value {@code 16 bytes, not shown}
   * @param iv whether the server fixed one
   */
  public record Key(String trackType, String kid, String asked, String value, boolean iv) {}

  /**
   * @param given the kinds: pssh, content-protection, hls-media, hls-master, smooth-streaming
   */
  public record Signaling(String kid, String system, List<String> given) {}

  /**
   * Makes the exchange.
   *
   * @throws io.keymux.cpix.DrmException as {@code exchange}
   */
  public static KeyTest run(
      KeyExchange exchange,
      String contentId,
      ProtectionScheme scheme,
      Set<DrmSystem> systems,
      KeyRule rule)
      throws InterruptedException {
    KeyRequest request = new KeyRequest(contentId, scheme, systems, rule.rules(contentId, TRACKS));
    long start = System.nanoTime();
    CpixDocument document = exchange.exchange(request);
    long elapsed = (System.nanoTime() - start) / 1_000_000;
    List<Key> keys = keys(request, document);
    boolean kept = keys.stream().allMatch(key -> key.kid().equals(key.asked()));
    return new KeyTest(
        exchange instanceof KeyServer server ? Server.of(server.name(), server.facts()) : null,
        elapsed,
        contentId,
        scheme.fourCc(),
        kept ? "kept" : "replaced",
        keys,
        document.drmSystems().stream().map(KeyTest::signaling).toList());
  }

  private static List<Key> keys(KeyRequest request, CpixDocument document) {
    List<Key> keys = new ArrayList<>();
    for (UsageRule rule : document.usageRules()) {
      ContentKey key = document.contentKey(rule.keyId()).orElseThrow();
      String asked =
          request.rules().stream()
              .filter(other -> other.intendedTrackType().equals(rule.intendedTrackType()))
              .map(other -> other.keyId().toString())
              .findFirst()
              .orElse("-");
      keys.add(
          new Key(
              rule.intendedTrackType(),
              key.id().toString(),
              asked,
              key.value().size() + " bytes, not shown",
              key.explicitIv() != null));
    }
    return keys;
  }

  private static Signaling signaling(DrmSignaling entry) {
    DrmSystem known = entry.system();
    List<String> given = new ArrayList<>();
    add(given, "pssh", entry.pssh());
    add(given, "content-protection", entry.contentProtection());
    add(given, "hls-media", entry.hlsMedia());
    add(given, "hls-master", entry.hlsMultivariant());
    add(given, "smooth-streaming", entry.smoothHeader());
    KeyId id = entry.keyId();
    return new Signaling(
        id.toString(), known == null ? entry.systemId().toString() : known.id(), given);
  }

  private static void add(List<String> given, String kind, @Nullable Object value) {
    if (Objects.nonNull(value)) {
      given.add(kind);
    }
  }

  private static Track video(String label, int width, int height) {
    String name = "video-" + height + "p";
    return new Track(
        name,
        TrackType.VIDEO,
        Set.of(name, label),
        "und",
        "avc1.640028",
        1,
        width,
        height,
        25,
        false,
        false,
        0,
        0);
  }

  private static Track audio(String label, int channels) {
    String name = "audio-" + channels + "ch";
    return new Track(
        name,
        TrackType.AUDIO,
        Set.of(name, label),
        "und",
        "mp4a.40.2",
        1,
        0,
        0,
        0,
        false,
        false,
        channels,
        48_000);
  }
}
