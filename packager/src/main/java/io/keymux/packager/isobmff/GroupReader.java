package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects the sample groups of a track, but for those of keys. They help players to seek and to
 * start; a kind that cannot be read is left out, for media plays without it.
 */
final class GroupReader {
  static final int KEYS = FourCc.of("seig");

  private static final int MAX_KINDS = 32;

  private final Map<Kind, SampleGroupDraft> drafts = new LinkedHashMap<>();
  private final Set<Integer> unreadable = new HashSet<>();

  private record Kind(int type, @Nullable Long parameter) {
    // Written out: what the compiler makes is linked at run time, which a short job would feel.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Kind kind
          && type == kind.type
          && Objects.equals(parameter, kind.parameter);
    }

    @Override
    public int hashCode() {
      return 31 * type + Objects.hashCode(parameter);
    }
  }

  /**
   * Takes the groups of samples that have just been added.
   *
   * @param boxes of the {@code traf}, or the {@code stbl} itself
   * @param scope what they refer to
   * @param first index of the first of these samples
   */
  void read(Children boxes, GroupScope scope, int first, int samples) {
    Set<Integer> said = new HashSet<>();
    for (Box map : SampleToGroup.boxes(boxes)) {
      int type = GroupDescriptions.type(map);
      said.add(type);
      if (type != KEYS) {
        tolerantly(type, () -> mapped(map, scope, first, samples));
      }
    }
    for (int type : scope.types()) {
      if (type != KEYS && !said.contains(type)) {
        tolerantly(type, () -> usual(new Kind(type, null), scope, first, samples));
      }
    }
  }

  private void mapped(Box box, GroupScope scope, int first, int samples) {
    SampleToGroup map = SampleToGroup.read(box, samples);
    Kind kind = new Kind(map.type(), map.parameter());
    int at = first;
    for (int run = 0; run < map.counts().length; run++) {
      int count = map.counts()[run];
      draft(kind).add(at, count, scope.description(kind.type(), map.indexes()[run]));
      at += count;
    }
    usual(kind, scope, at, first + samples - at);
  }

  private void usual(Kind kind, GroupScope scope, int first, int samples) {
    draft(kind).add(first, samples, scope.usual(kind.type()));
  }

  private SampleGroupDraft draft(Kind kind) {
    SampleGroupDraft draft = drafts.get(kind);
    if (draft == null) {
      if (drafts.size() == MAX_KINDS) {
        throw new MalformedBoxException(0, "more than " + MAX_KINDS + " kinds of sample groups");
      }
      draft = new SampleGroupDraft(kind.type(), kind.parameter());
      drafts.put(kind, draft);
    }
    return draft;
  }

  private void tolerantly(int type, Runnable reader) {
    if (!unreadable.contains(type)) {
      try {
        reader.run();
      } catch (MalformedBoxException e) {
        unreadable.add(type);
        drafts.values().removeIf(draft -> draft.type() == type);
      }
    }
  }

  List<SampleGroup> build() {
    List<SampleGroup> groups = new ArrayList<>();
    for (SampleGroupDraft draft : drafts.values()) {
      if (!draft.isEmpty()) {
        groups.add(draft.build());
      }
    }
    return groups;
  }

  /** The kinds that were left out, by name. */
  Set<String> unreadable() {
    Set<String> names = new TreeSet<>();
    unreadable.forEach(type -> names.add(FourCc.name(type)));
    return names;
  }
}
