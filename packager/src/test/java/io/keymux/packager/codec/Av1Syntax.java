package io.keymux.packager.codec;

import java.util.Random;

/**
 * Syntax elements that are chosen at random as they are written, so that a syntax table of the
 * specification, written down as it stands, makes a stream.
 */
final class Av1Syntax {
  final Random random;
  BitWriter out = new BitWriter();

  Av1Syntax(Random random) {
    this.random = random;
  }

  /** A random {@code f(n)}. */
  int f(int n) {
    return put(n, n == 0 ? 0 : random.nextInt() >>> (32 - n));
  }

  /** An {@code f(n)} of a value. */
  int put(int n, int value) {
    out.u(n, value);
    return value;
  }

  /** An {@code f(1)} that is 1 once in so many times. */
  boolean rare(int times) {
    return put(1, random.nextInt(times) == 0 ? 1 : 0) == 1;
  }

  boolean flag() {
    return f(1) == 1;
  }

  /** A random {@code su(n)}. */
  int su(int n) {
    int value = f(n);
    int signMask = 1 << (n - 1);
    return (value & signMask) != 0 ? value - 2 * signMask : value;
  }

  /** A random {@code ns(n)}. */
  int ns(int n) {
    int w = 0;
    for (int x = n; x != 0; x >>= 1) {
      w++;
    }
    int m = (1 << w) - n;
    int v = f(w - 1);
    if (v < m) {
      return v;
    }
    return (v << 1) - m + f(1);
  }

  /** A random {@code uvlc()}. */
  void uvlc() {
    int leadingZeros = random.nextInt(8) == 0 ? 32 + random.nextInt(4) : random.nextInt(32);
    out.u(leadingZeros, 0).u(1, 1);
    if (leadingZeros < 32) {
      f(leadingZeros);
    }
  }
}
