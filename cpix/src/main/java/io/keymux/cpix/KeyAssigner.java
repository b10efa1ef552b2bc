package io.keymux.cpix;

import io.keymux.cpix.KeyResolution.Outcome;
import io.keymux.cpix.TrackKeys.Assignment;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes nothing but one key with its value, or none where a track stays clear. */
final class KeyAssigner {
  private final CpixDocument document;
  private final Set<String> clearTracks;
  private final @Nullable KeyRule asked;
  private final KeyHierarchy hierarchy;

  /**
   * @param asked the rule that keys were asked by, which may leave tracks clear, or null
   * @throws UnresolvedKeyException with code {@code unknown-clear-track} if {@code clearTracks}
   *     names no track, {@code unusable-usage-rule} if no track at all may be mapped, or as {@link
   *     KeyHierarchy#of}
   */
  KeyAssigner(
      CpixDocument document, List<Track> tracks, Set<String> clearTracks, @Nullable KeyRule asked) {
    this.document = document;
    this.clearTracks = clearTracks;
    this.asked = asked;
    this.hierarchy = KeyHierarchy.of(document);
    clearTracks.stream()
        .sorted()
        .filter(name -> tracks.stream().noneMatch(track -> track.name().equals(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw UnresolvedKeyException.unknownClearTrack(name, tracks);
            });
    List<UsageRule> rules = document.usageRules();
    for (int i = 0; i < rules.size(); i++) {
      if (!rules.get(i).usable()) {
        throw UnresolvedKeyException.unusable(i + 1, rules.get(i));
      }
    }
  }

  boolean staysClear(Track track) {
    return track.type() == TrackType.TEXT
        || clearTracks.contains(track.name())
        || (asked != null && asked.leavesClear(track));
  }

  Assignment clear(Track track) {
    return new Assignment(track, null, null, whyClear(track), null, null);
  }

  private String whyClear(Track track) {
    if (clearTracks.contains(track.name())) {
      return "The job lists it under clearTracks.";
    }
    return asked != null && asked.leavesClear(track)
        ? "Key rule %s leaves %s unencrypted."
            .formatted(asked.id(), track.type() == TrackType.VIDEO ? "video" : "audio")
        : "Text tracks stay clear.";
  }

  /**
   * @throws UnresolvedKeyException if the resolution is not exactly one key with a value
   */
  Assignment key(KeyResolution resolution) {
    if (resolution.outcome() != Outcome.KEY) {
      throw UnresolvedKeyException.of(resolution, document);
    }
    KeyId keyId = resolution.keyIds().get(0);
    RuleVerdict decision = resolution.decision();
    return new Assignment(
        resolution.track(),
        document
            .contentKey(keyId)
            .map(hierarchy::bound)
            .orElseThrow(() -> UnresolvedKeyException.noValue(resolution.track(), keyId)),
        decision == null ? null : decision.rule(),
        resolution.why(),
        resolution,
        resolution.rootKeyId());
  }
}
