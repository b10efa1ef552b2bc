package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.isobmff.GroupDescriptions.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The descriptions that samples may refer to.
 *
 * @param movie those of the track
 * @param own those of the fragment; none for samples that {@code moov} describes
 * @param place of the {@code traf} or {@code stbl}, for messages
 */
record GroupScope(GroupDescriptions movie, GroupDescriptions own, long place) {
  /** Descriptions in a fragment itself are numbered from behind this. */
  private static final int LOCAL = 0x10000;

  Set<Integer> types() {
    Set<Integer> types = new LinkedHashSet<>(movie.types());
    types.addAll(own.types());
    return types;
  }

  /**
   * @param index as in {@code sbgp}
   * @return null for 0
   * @throws MalformedBoxException if there is none with that number
   */
  @Nullable Bytes description(int type, int index) {
    if (index == 0) {
      return null;
    }
    boolean local = index > LOCAL;
    List<Bytes> from = (local ? own : movie).kind(type).descriptions();
    int at = local ? index - LOCAL : index;
    if (at < 1 || at > from.size()) {
      throw new MalformedBoxException(
          place,
          "sample group description %d of %s does not exist".formatted(index, FourCc.name(type)));
    }
    return from.get(at - 1);
  }

  /** That of samples of which no {@code sbgp} speaks, or null. */
  @Nullable Bytes usual(int type) {
    Kind kind = own.kind(type);
    int index = kind.usual() == 0 ? 0 : LOCAL + kind.usual();
    return description(type, index == 0 ? movie.kind(type).usual() : index);
  }
}
