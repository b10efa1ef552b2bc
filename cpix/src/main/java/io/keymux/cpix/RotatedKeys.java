package io.keymux.cpix;

import io.keymux.cpix.TrackKeys.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which track gets which key in which key period: what {@link TrackKeys} is for a document whose
 * keys do not rotate.
 *
 * @param sequences one for each track, in the order of the tracks
 */
public record RotatedKeys(List<Sequence> sequences) {

  /**
   * The keys of one track.
   *
   * @param keys one for each period in the order of {@link KeyPeriods#inOrder}; a single one if the
   *     document has no periods
   */
  public record Sequence(Track track, List<PeriodKey> keys) {
    public Sequence {
      keys = List.copyOf(keys);
    }
  }

  /**
   * The key of one track in one period.
   *
   * @param period null if the document has no periods
   * @param key null if the track stays clear
   * @param rootKeyId KID of the root key that a leaf key comes with, else null
   * @param rule null if the track stays clear or the document has no rules
   * @param why as in {@link TrackKeys.Assignment}
   */
  public record PeriodKey(
      @Nullable KeyPeriod period,
      @Nullable ContentKey key,
      @Nullable KeyId rootKeyId,
      @Nullable UsageRule rule,
      String why) {
    static PeriodKey of(KeyResolution resolution, Assignment assignment) {
      return new PeriodKey(
          resolution.period(),
          assignment.key(),
          assignment.rootKeyId(),
          assignment.rule(),
          assignment.why());
    }
  }

  public RotatedKeys {
    sequences = List.copyOf(sequences);
  }

  /**
   * Resolves every track to exactly one key in every period, or to none where that was asked for.
   * Keys may be leaves of root keys.
   *
   * @param clearTracks names of tracks that stay clear even if a rule matches them
   * @throws UnresolvedKeyException as {@link TrackKeys#resolve}, but for several periods; with code
   *     {@code overlapping-key-periods} or {@code invalid-key-period} as {@link KeyPeriods#of},
   *     with code {@code root-key-in-usage-rule} as {@link UsageRuleResolver#of(CpixDocument,
   *     ResolutionMode)}
   */
  public static RotatedKeys resolve(
      CpixDocument document, ResolutionMode mode, List<Track> tracks, Set<String> clearTracks) {
    KeyAssigner assigner = new KeyAssigner(document, tracks, clearTracks, null);
    UsageRuleResolver resolver = UsageRuleResolver.of(document, mode);
    List<Sequence> sequences = new ArrayList<>();
    for (Track track : tracks) {
      List<PeriodKey> keys =
          resolver
              .resolveEach(ResolutionContext.of(track))
              .map(
                  resolution ->
                      PeriodKey.of(
                          resolution,
                          assigner.staysClear(track)
                              ? assigner.clear(track)
                              : assigner.key(resolution)))
              .toList();
      sequences.add(new Sequence(track, keys));
    }
    return new RotatedKeys(sequences);
  }
}
