package io.keymux.packager.plan;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackKeys.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys that come back where another was to be expected: as a failure, or said to the user. */
public final class RepeatedKeys {
  private RepeatedKeys() {}

  /**
   * Holds that a KID stands for one key: players keep what they got for it.
   *
   * @param periods the keys of each key period
   * @throws DrmException with code {@code key-conflict} if a KID has one value in one key period
   *     and another in a later one
   */
  static void requireOneKeyForEachKid(List<TrackKeys> periods) {
    Map<KeyId, SecretBytes> values = new LinkedHashMap<>();
    Map<KeyId, Integer> firstPeriods = new LinkedHashMap<>();
    for (int i = 0; i < periods.size(); i++) {
      for (Assignment assignment : periods.get(i).assignments()) {
        ContentKey key = assignment.key();
        if (key == null) {
          continue;
        }
        SecretBytes before = values.putIfAbsent(key.id(), key.value());
        Integer first = firstPeriods.putIfAbsent(key.id(), i + 1);
        if (before != null && !before.equals(key.value())) {
          throw new DrmException(
              Blame.UPSTREAM,
              "key-conflict",
              "KID %s has one key in key period %d and another in key period %d (track %s)."
                  .formatted(key.id(), first, i + 1, assignment.track().name()),
              "Give each key a KID of its own: players keep the key that they have for a KID.");
        }
      }
    }
  }

  /**
   * What is allowed and yet hardly wanted: a key period with a track's key of the period before,
   * and KIDs that share a key.
   *
   * @param periods the keys of each key period
   */
  public static List<String> notes(List<TrackKeys> periods) {
    List<String> notes = new ArrayList<>();
    for (int i = 1; i < periods.size(); i++) {
      List<String> alike = alike(periods.get(i - 1), periods.get(i));
      if (!alike.isEmpty()) {
        notes.add(
            "Key period %d has the keys of period %d for %s: they do not change."
                .formatted(i + 1, i, String.join(", ", alike)));
      }
    }
    byValue(periods).values().stream()
        .filter(kids -> kids.size() > 1)
        .forEach(kids -> notes.add("The KIDs " + kids + " stand for one and the same key."));
    return notes;
  }

  private static List<String> alike(TrackKeys before, TrackKeys after) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < after.assignments().size(); i++) {
      ContentKey old = before.assignments().get(i).key();
      ContentKey key = after.assignments().get(i).key();
      if (old != null && key != null && old.value().equals(key.value())) {
        names.add(after.assignments().get(i).track().name());
      }
    }
    return names;
  }

  private static Map<SecretBytes, List<KeyId>> byValue(List<TrackKeys> periods) {
    Map<SecretBytes, List<KeyId>> kids = new LinkedHashMap<>();
    for (TrackKeys period : periods) {
      for (Assignment assignment : period.assignments()) {
        ContentKey key = assignment.key();
        if (key != null) {
          List<KeyId> same = kids.computeIfAbsent(key.value(), value -> new ArrayList<>());
          if (!same.contains(key.id())) {
            same.add(key.id());
          }
        }
      }
    }
    return kids;
  }
}
