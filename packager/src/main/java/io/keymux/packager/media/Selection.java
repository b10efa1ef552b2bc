package io.keymux.packager.media;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what a viewer or a player chooses a track, besides its language.
 *
 * @param name that players show, or null for one made of the language; at most 200 characters, no
 *     quotes, no control characters
 * @param roles none for what its kind usually is: main, or subtitle for text
 * @param preferred whether it plays unless somebody chooses otherwise
 */
public record Selection(@Nullable String name, List<TrackRole> roles, boolean preferred) {
  /** Nothing is said. */
  public static final Selection NONE = new Selection(null, List.of(), false);

  private static final int MAX_NAME = 200;

  /**
   * @throws IllegalArgumentException if the name cannot stand in a playlist
   */
  public Selection {
    if (name != null
        && (name.isBlank()
            || name.length() > MAX_NAME
            || name.indexOf('"') >= 0
            || name.chars().anyMatch(Character::isISOControl))) {
      throw new IllegalArgumentException(
          "A track's name must have 1 to "
              + MAX_NAME
              + " characters, without quotes and control characters.");
    }
    Set<TrackRole> distinct = EnumSet.noneOf(TrackRole.class);
    distinct.addAll(roles);
    roles = List.copyOf(distinct);
  }

  /** Whether it has that role. */
  public boolean is(TrackRole role) {
    return roles.contains(role);
  }

  // Written out: what the compiler makes is linked at run time, which a short job would feel.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Selection selection
        && preferred == selection.preferred
        && Objects.equals(name, selection.name)
        && roles.equals(selection.roles);
  }

  @Override
  public int hashCode() {
    return 31 * roles.hashCode() + Objects.hashCode(name);
  }
}
