package io.keymux.packager.verify.manifest;

import io.keymux.packager.media.Selection;

/**
 * By what a manifest tells a track from the others.
 *
 * @param id shared by what follows in other Periods, or behind other init segments: that of the
 *     Representation, or the name of the playlist
 * @param selection as far as it can be read
 * @param trickPlay whether it is for winding alone
 */
public record DescribedChoice(String id, Selection selection, boolean trickPlay) {
  /** Of a track of which nothing is said. */
  public static DescribedChoice of(String id) {
    return new DescribedChoice(id, Selection.NONE, false);
  }

  /** The same with what a multivariant playlist says. */
  DescribedChoice with(Selection said) {
    return new DescribedChoice(id, said, trickPlay);
  }
}
