package io.keymux.api.storage;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.packager.input.MediaSource;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of remote inputs do again and again. */
final class Reads {
  private Reads() {}

  static byte[] bytes(MediaSource source, long at, int length) {
    byte[] target = new byte[length];
    source.read(at, target, 0, length);
    return target;
  }

  static byte[] part(byte[] content, int from, int to) {
    return Arrays.copyOfRange(content, from, to);
  }

  /** The code of the failure that a call ends with. */
  static String code(ThrowingCallable call) {
    return catchThrowableOfType(DrmException.class, call).code();
  }
}
