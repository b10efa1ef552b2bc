package io.keymux.packager.live;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All that an encryptor must remember from one segment to the next: in counter mode, the IV of each
 * track's next sample. It holds no secret; with it another machine goes on where this one stopped.
 *
 * <p>To encrypt other samples from a state that was used before gives their key stream away: save
 * it before a segment is published, and resume from the last one saved.
 *
 * @param nextIvs first 8 bytes of an IV as a big-endian number, by track id
 */
public record EncryptorState(Map<Integer, Long> nextIvs) {
  private static final Pattern TEXT = Pattern.compile("[1-9][0-9]{0,9}=[0-9a-f]{16}( .*)?");

  public EncryptorState {
    nextIvs = Collections.unmodifiableSortedMap(new TreeMap<>(nextIvs));
  }

  /**
   * Reads what {@link #toText} writes.
   *
   * @throws DrmException with code {@code encryptor-state-invalid} for anything else
   */
  public static EncryptorState parse(String text) {
    SortedMap<Integer, Long> ivs = new TreeMap<>();
    String left = text;
    while (!left.isEmpty()) {
      if (!TEXT.matcher(left).matches()) {
        throw invalid(text);
      }
      String[] pair = left.split("[= ]", 3);
      try {
        ivs.put(Integer.valueOf(pair[0]), Long.parseUnsignedLong(pair[1], 16));
      } catch (NumberFormatException e) {
        throw invalid(text);
      }
      left = pair.length > 2 ? pair[2] : "";
    }
    return new EncryptorState(ivs);
  }

  private static DrmException invalid(String text) {
    return new DrmException(
        Blame.CALLER,
        "encryptor-state-invalid",
        "\"%s\" is not the state of an encryptor."
            .formatted(text.length() > 100 ? text.substring(0, 100) : text),
        "Give what EncryptorState.toText() returned, or open a new encryptor.");
  }

  /** One line: {@code 1=00c0ffee00000000 2=...}; empty if there is nothing to remember. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    nextIvs.forEach(
        (track, iv) ->
            text.append(text.isEmpty() ? "" : " ")
                .append(track)
                .append(String.format("=%016x", iv)));
    return text.toString();
  }
}
