package io.keymux.cpix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many keys a job asks for, and which tracks share one.
 *
 * <p>KIDs depend on the content id, the track type of the rule and the index of the key period
 * only: the same asset asks for the same keys again, whatever else is in the job.
 *
 * <p>Beside the constants there are the encryption contracts of SPEKE, {@code speke:} and the name
 * of a video preset and an audio preset: {@code speke:VIDEO_3+AUDIO_2}. They ask for all keys of
 * their presets, whatever tracks there are; which track gets which is told by its pixels and
 * channels. {@code UNENCRYPTED} in place of a preset leaves all video or all audio clear; {@code
 * speke:SHARED} is one key for all, with track type {@code ALL}.
 *
 * @see "AWS SPEKE v2.0, Encryption contract"
 */
public final class KeyRule {
  /**
   * One key for all tracks. Track type {@code ALL}, one bare video and one bare audio filter as
   * SPEKE wants it; {@code VIDEO} or {@code AUDIO} with its one filter if the job has only that
   * kind.
   */
  public static final KeyRule PRESET0 = new KeyRule("preset0", TrackRules::shared, null);

  /** A key for each track. The track type is the track's name. */
  public static final KeyRule PRESET1 = new KeyRule("preset1", TrackRules::perTrack, null);

  /** A key for video and a key for audio: track types {@code VIDEO} and {@code AUDIO}. */
  public static final KeyRule PER_TYPE = new KeyRule("per-type", TrackRules::perType, null);

  /**
   * A key for each label that the caller put on tracks. The track type is the label; a bare video
   * or audio filter stands beside the label filter if all tracks of the label are of that kind.
   */
  public static final KeyRule LABELS = new KeyRule("labels", TrackRules::perLabel, null);

  private static final String SPEKE = "speke:";

  private final String id;
  private final Function<List<Track>, Map<String, List<Filter>>> filters;
  private final @Nullable TrackType clear;

  /**
   * @param filters the filters for each track type, for the tracks that are encrypted
   * @param clear a kind of tracks that stays clear, or null
   */
  KeyRule(
      String id,
      Function<List<Track>, Map<String, List<Filter>>> filters,
      @Nullable TrackType clear) {
    this.id = id;
    this.filters = filters;
    this.clear = clear;
  }

  /** The rules that are constants here. */
  public static List<KeyRule> constants() {
    return List.of(PRESET0, PRESET1, PER_TYPE, LABELS);
  }

  /** The name on the command line and in the API: {@code per-type}. */
  public String id() {
    return id;
  }

  /**
   * @param id {@code preset0}, {@code preset1}, {@code per-type}, {@code labels}, {@code
   *     speke:SHARED}, or {@code speke:V+A} where V is {@code VIDEO_1} to {@code VIDEO_8} and A
   *     {@code AUDIO_1} to {@code AUDIO_3}, and one of them may be {@code UNENCRYPTED}
   * @throws DrmException with code {@code unknown-key-rule} for anything else
   */
  public static KeyRule ofId(String id) {
    for (KeyRule rule : constants()) {
      if (rule.id.equals(id)) {
        return rule;
      }
    }
    if (!id.startsWith(SPEKE)) {
      throw failure(
          "unknown-key-rule",
          "\"" + id + "\" is not a key rule.",
          "Use preset0, preset1, per-type, labels or a contract of SPEKE, as"
              + " speke:VIDEO_3+AUDIO_2.");
    }
    return SpekeContract.rule(id, id.substring(SPEKE.length()))
        .orElseThrow(
            () ->
                failure(
                    "unknown-key-rule",
                    "\"" + id + "\" is not an encryption contract of SPEKE.",
                    "Use speke:SHARED, or speke: with VIDEO_1 to VIDEO_8 or UNENCRYPTED, a plus"
                        + " sign, and AUDIO_1 to AUDIO_3 or UNENCRYPTED; one of the two is"
                        + " encrypted."));
  }

  /** Whether it asks for no key for such tracks, so that they stay clear. */
  public boolean leavesClear(Track track) {
    return track.type() == clear;
  }

  /** The usage rules of keys that do not rotate; see {@link #rules(String, List, KeyPeriod)}. */
  public List<UsageRule> rules(String contentId, List<Track> tracks) {
    return rules(contentId, tracks, null);
  }

  /**
   * The usage rules to ask for keys with. Text tracks get none.
   *
   * @param tracks the tracks to be encrypted, with distinct names; those that the rule leaves clear
   *     may be among them
   * @param period the key period that they are for: each has KIDs of its own, and an index. Null if
   *     keys do not rotate. The rules do not name it
   * @return at least one; track types are distinct; order follows {@code tracks}, or the contract
   * @throws DrmException with code {@code no-track-to-encrypt} if there is neither video nor audio,
   *     or none but what the rule leaves clear; for {@link #LABELS} with code {@code
   *     track-without-label} or {@code track-with-several-labels} if a track does not have exactly
   *     one label beside its name
   */
  public List<UsageRule> rules(String contentId, List<Track> tracks, @Nullable KeyPeriod period) {
    Long index = period == null ? null : index(period);
    List<Track> media =
        tracks.stream()
            .filter(track -> track.type() != TrackType.TEXT && !leavesClear(track))
            .toList();
    if (media.isEmpty()) {
      throw failure(
          "no-track-to-encrypt",
          clear == null
              ? "None of the %d tracks is video or audio.".formatted(tracks.size())
              : "Key rule %s leaves all of the %d tracks clear.".formatted(id, tracks.size()),
          "Give an input with video or audio that is not listed as clear, or another key rule.");
    }
    List<UsageRule> rules = new ArrayList<>();
    filters
        .apply(media)
        .forEach(
            (type, of) ->
                rules.add(new UsageRule(NamedKeyId.of(contentId, type, index), type, of)));
    return List.copyOf(rules);
  }

  private static long index(KeyPeriod period) {
    Long index = period.index();
    if (index == null) {
      throw new IllegalArgumentException("a key period to ask for needs an index");
    }
    return index;
  }

  static DrmException failure(String code, String problem, String remedy) {
    return new DrmException(DrmException.Blame.CALLER, code, problem, remedy);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyRule rule && rule.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
