package io.keymux.packager.input;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;

/**
 * A source with bytes of our own behind its end, so that made samples can lie beside those of a
 * file.
 */
public final class OverlaySource implements MediaSource {
  private final MediaSource base;
  private final long baseSize;
  private final byte[] added;

  /**
   * @param base is closed with this
   * @param added is not copied
   */
  public OverlaySource(MediaSource base, byte[] added) {
    this.base = base;
    this.baseSize = base.size();
    this.added = added;
  }

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public long size() {
    return baseSize + added.length;
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    if (position + length > size()) {
      throw new DrmException(
          Blame.CALLER,
          "input-truncated",
          "%s has %d bytes, but bytes %d to %d are needed."
              .formatted(name(), size(), position, position + length),
          "The file is incomplete: copy or make it anew.");
    }
    int fromBase = (int) Math.max(0, Math.min(length, baseSize - position));
    if (fromBase > 0) {
      base.read(position, target, offset, fromBase);
    }
    if (fromBase < length) {
      int from = Math.toIntExact(position + fromBase - baseSize);
      System.arraycopy(added, from, target, offset + fromBase, length - fromBase);
    }
  }

  @Override
  public void close() {
    base.close();
  }
}
