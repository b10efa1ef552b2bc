package io.keymux.packager.verify;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.TrackType;
import io.keymux.packager.plan.TrackSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all tracks of one verification share: keys, sources, IVs seen, and the findings. */
final class VerifyContext {
  /** A wrong key passes in one case of a million. */
  private static final double ENOUGH_BITS = 20;

  private static final Set<String> TEXT = Set.of("text", "sbtl", "subt", "clcp");

  private final Function<KeyId, @Nullable SecretBytes> keys;
  private final List<TrackSource> sources;
  private final IvLedger ivs;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<KeyId> unknown = new HashSet<>();
  private final Map<KeyId, Double> bits = new LinkedHashMap<>();
  private final Map<KeyId, Set<String>> tracks = new HashMap<>();

  /**
   * @param keys gives the key of a KID, or null if it is not known
   * @param sources what decrypted tracks must be equal to; none to compare nothing
   */
  VerifyContext(Function<KeyId, @Nullable SecretBytes> keys, List<TrackSource> sources) {
    this(keys, sources, new IvLedger());
  }

  /**
   * @param ivs those that were seen in other tracks
   */
  VerifyContext(
      Function<KeyId, @Nullable SecretBytes> keys, List<TrackSource> sources, IvLedger ivs) {
    this.keys = keys;
    this.sources = List.copyOf(sources);
    this.ivs = ivs;
  }

  /** The key, or null after saying once that it is not known. */
  @Nullable SecretBytes key(KeyId id, String place) {
    SecretBytes key = keys.apply(id);
    if (key == null && unknown.add(id)) {
      add(
          Finding.warning(
              "no-key", place, "no key is known for KID " + id + ": its samples stay encrypted"));
    }
    return key;
  }

  List<TrackSource> sources() {
    return sources;
  }

  /** What a track may be compared with: text only with text. */
  List<TrackSource> sources(TrackBoxes track) {
    boolean text = TEXT.contains(track.handler());
    return sources.stream()
        .filter(source -> !text || source.media().type() == TrackType.TEXT)
        .toList();
  }

  IvLedger ivs() {
    return ivs;
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  List<Finding> findings() {
    return findings;
  }

  /**
   * Adds what a track's samples say of a key.
   *
   * @param evidence in bits; negative infinity if the key was found wrong
   */
  void weigh(KeyId id, String track, double evidence) {
    bits.merge(id, evidence, Double::sum);
    tracks.computeIfAbsent(id, k -> new LinkedHashSet<>()).add(track);
  }

  /** Says of which keys it is not known whether they are the right ones. */
  void noteUnprovenKeys() {
    bits.forEach(
        (id, sum) -> {
          if (sum >= 0 && sum < ENOUGH_BITS) {
            add(
                Finding.note(
                    "key-unproven",
                    String.join(", ", tracks.getOrDefault(id, Set.of())),
                    String.format(
                        Locale.ROOT,
                        "wrong keys cannot be excluded without a source: of those for KID %s,"
                            + " %.1f%% would look the same",
                        id,
                        100 * Math.pow(2, -sum))));
          }
        });
  }
}
