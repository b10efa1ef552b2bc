package io.keymux.cpix;

import io.keymux.cpix.Filter.KeyPeriodFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which track gets which key, and by which rule.
 *
 * @param assignments one for each track, in the order of the tracks
 */
public record TrackKeys(List<Assignment> assignments) {

  /**
   * What became of one track.
   *
   * @param key the key, or null if the track stays clear
   * @param rule the rule that gave it the key, or null if it stays clear or the document has no
   *     rules
   * @param why one sentence for people: the rule and the filter, or why the track stays clear
   * @param resolution what every rule said of the track, or null if it stays clear
   * @param rootKeyId KID of the root key that {@code key}, a leaf key, comes with, else null.
   *     {@code CpixDocument.signaling} of the root is for moov and manifests, that of the leaf, if
   *     there is one, for moof
   */
  public record Assignment(
      Track track,
      @Nullable ContentKey key,
      @Nullable UsageRule rule,
      String why,
      @Nullable KeyResolution resolution,
      @Nullable KeyId rootKeyId) {

    public boolean clear() {
      return key == null;
    }
  }

  public TrackKeys {
    assignments = List.copyOf(assignments);
  }

  /**
   * Resolves every track of a document whose keys do not rotate; see {@link #resolve(CpixDocument,
   * List, Set, KeyRule, KeyPeriodSelector)}.
   *
   * @throws UnresolvedKeyException also with code {@code key-rotation-unsupported} if rules refer
   *     to one of several key periods
   */
  public static TrackKeys resolve(
      CpixDocument document, List<Track> tracks, Set<String> clearTracks) {
    return resolve(document, tracks, clearTracks, null, null);
  }

  /**
   * Resolves every track in one key period; see {@link #resolve(CpixDocument, List, Set, KeyRule,
   * KeyPeriodSelector)}.
   */
  public static TrackKeys resolve(
      CpixDocument document,
      List<Track> tracks,
      Set<String> clearTracks,
      @Nullable KeyPeriodSelector period) {
    return resolve(document, tracks, clearTracks, null, period);
  }

  /**
   * Resolves every track to exactly one key, or to none where that was asked for.
   *
   * <p>Filters of one kind are alternatives, different kinds must all match; several rules may
   * match if they name the same key. Text tracks stay clear. Without any rule, a single key is for
   * every track. SPEKE's rule {@code ALL} with one bare video and one bare audio filter matches
   * every video and audio track. The key may be a leaf of a root key, and has the root's scheme
   * then.
   *
   * @param clearTracks names of tracks that stay clear even if a rule matches them
   * @param asked the rule that the keys were asked by: what it leaves clear stays so, even if a
   *     rule of the document matches. Null if nothing stays clear by such a rule
   * @param period the key period to resolve for; null if none is named, and then the document has
   *     one at most or rules of none
   * @throws UnresolvedKeyException with code {@code ambiguous-usage-rules} if rules of several keys
   *     match, {@code no-usage-rule} if none does, {@code unusable-usage-rule} if any rule holds an
   *     unknown filter or looks at what is unknown of a track, {@code key-without-value} if the key
   *     is only asked for, {@code key-rotation-unsupported} if no period is named and rules refer
   *     to one of several, {@code unknown-key-period} if the document lacks that period or one that
   *     rules refer to, {@code overlapping-key-periods} or {@code invalid-key-period} as {@link
   *     KeyPeriods#of}, {@code root-key-in-usage-rule} if a rule names a root key, {@code
   *     cpix-root-key-missing} if a leaf key's root is not in the document, {@code
   *     cpix-nested-hierarchy} if it is a leaf itself, {@code cpix-leaf-key-signaling} if a leaf is
   *     signalled by more than a PSSH, {@code unknown-clear-track} if {@code clearTracks} names no
   *     track
   * @see "DASH-IF CPIX, Content key usage rules"
   */
  public static TrackKeys resolve(
      CpixDocument document,
      List<Track> tracks,
      Set<String> clearTracks,
      @Nullable KeyRule asked,
      @Nullable KeyPeriodSelector period) {
    KeyAssigner assigner = new KeyAssigner(document, tracks, clearTracks, asked);
    UsageRuleResolver resolver = UsageRuleResolver.of(document);
    if (period == null) {
      requireOnePeriod(document);
    }
    List<Assignment> assignments = new ArrayList<>();
    for (Track track : tracks) {
      assignments.add(
          assigner.staysClear(track)
              ? assigner.clear(track)
              : assigner.key(resolver.resolve(ResolutionContext.of(track).in(period))));
    }
    return new TrackKeys(assignments);
  }

  private static void requireOnePeriod(CpixDocument document) {
    if (document.keyPeriods().size() < 2) {
      return;
    }
    for (UsageRule rule : document.usageRules()) {
      if (rule.filters().stream().anyMatch(KeyPeriodFilter.class::isInstance)) {
        throw UnresolvedKeyException.rotation(document.keyPeriods());
      }
    }
  }

  public Optional<Assignment> of(Track track) {
    return assignments.stream().filter(entry -> entry.track().equals(track)).findFirst();
  }
}
