package io.keymux.packager.codec;

import io.keymux.packager.codec.SyntheticAv1.Tile;
import java.util.ArrayList;
import java.util.List;

/** Collects what a parser lets be protected. */
final class TileRanges implements SampleRanges {
  final List<Tile> tiles = new ArrayList<>();
  int at;

  @Override
  public void clear(int bytes) {
    at += bytes;
    if (bytes < 0) {
      throw new IllegalStateException("clear bytes: " + bytes);
    }
  }

  @Override
  public void protectable(int bytes) {
    tiles.add(new Tile(at, at + bytes));
    at += bytes;
    if (bytes < 1) {
      throw new IllegalStateException("protectable bytes: " + bytes);
    }
  }
}
