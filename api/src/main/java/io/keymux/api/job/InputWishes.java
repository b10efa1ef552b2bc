package io.keymux.api.job;

import io.keymux.packager.media.HdcpLevel;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackRole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a client says of the tracks of an input.
 *
 * @param pointer to the input in the request
 */
record InputWishes(String pointer, JobSpec.Input input, FieldChecks fields) {
  Selection selection() {
    List<TrackRole> roles = new ArrayList<>();
    List<String> ids = input.roles() == null ? List.of() : input.roles();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      read("/roles/" + i, () -> roles.add(TrackRole.ofId(id)), false);
    }
    boolean preferred = Boolean.TRUE.equals(input.preferred());
    return read("/name", () -> new Selection(input.name(), roles, preferred), Selection.NONE);
  }

  PlaybackPolicy policy() {
    String level = input.hdcpLevel();
    PlaybackPolicy hdcp =
        level == null
            ? PlaybackPolicy.NONE
            : read(
                "/hdcpLevel",
                () -> new PlaybackPolicy(HdcpLevel.ofId(level), null),
                PlaybackPolicy.NONE);
    return read("/allowedCpc", () -> new PlaybackPolicy(hdcp.hdcp(), input.allowedCpc()), hdcp);
  }

  private <T> T read(String field, Supplier<T> reader, T fallback) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      fields.add(pointer + field, "invalid-value", String.valueOf(e.getMessage()));
      return fallback;
    }
  }
}
