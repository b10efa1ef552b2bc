package io.keymux.cpix;

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
   */
  public record Assignment(
      Track track, @Nullable ContentKey key, @Nullable UsageRule rule, String why) {

    public boolean clear() {
      return key == null;
    }
  }

  public TrackKeys {
    assignments = List.copyOf(assignments);
  }

  /**
   * Resolves every track to exactly one key, or to none where that was asked for.
   *
   * <p>Filters of one kind are alternatives, different kinds must all match; several rules may
   * match if they name the same key. Text tracks stay clear. Without any rule, a single key is for
   * every track. SPEKE's rule {@code ALL} with one bare video and one bare audio filter matches
   * every video and audio track.
   *
   * @param clearTracks names of tracks that stay clear even if a rule matches them
   * @throws UnresolvedKeyException with code {@code ambiguous-usage-rules} if rules of several keys
   *     match, {@code no-usage-rule} if none does, {@code unusable-usage-rule} if any rule holds an
   *     unknown filter, {@code key-without-value} if the key is only asked for, {@code
   *     key-rotation-unsupported} if rules refer to one of several key periods, {@code
   *     unknown-key-period} if they refer to none, {@code unknown-clear-track} if {@code
   *     clearTracks} names no track
   * @see "DASH-IF CPIX, Content key usage rules"
   */
  public static TrackKeys resolve(
      CpixDocument document, List<Track> tracks, Set<String> clearTracks) {
    clearTracks.stream()
        .sorted()
        .filter(name -> tracks.stream().noneMatch(track -> track.name().equals(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw UnresolvedKeyException.unknownClearTrack(name, tracks);
            });
    UsageRuleResolver resolver = new UsageRuleResolver(document);
    List<Assignment> assignments = new ArrayList<>();
    for (Track track : tracks) {
      if (clearTracks.contains(track.name())) {
        assignments.add(new Assignment(track, null, null, "The job lists it under clearTracks."));
      } else if (track.type() == TrackType.TEXT) {
        assignments.add(new Assignment(track, null, null, "Text tracks stay clear."));
      } else {
        assignments.add(resolver.resolve(track));
      }
    }
    return new TrackKeys(assignments);
  }

  public Optional<Assignment> of(Track track) {
    return assignments.stream().filter(entry -> entry.track().equals(track)).findFirst();
  }
}
