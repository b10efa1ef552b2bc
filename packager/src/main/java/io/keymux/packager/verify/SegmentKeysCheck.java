package io.keymux.packager.verify;

import io.keymux.packager.verify.MediaFacts.Piece;
import io.keymux.packager.verify.manifest.DescribedSegment;
import io.keymux.packager.verify.manifest.DescribedTrack;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds the key lines of a playlist against each segment: they must begin exactly where encryption
 * does, and change where the key does. Safari stalls on a clear segment under a key line.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY"
 */
final class SegmentKeysCheck {
  private SegmentKeysCheck() {}

  /** Says the first finding of each code. */
  static void check(DescribedTrack track, MediaFacts facts, Consumer<Finding> findings) {
    List<Piece> pieces = facts.pieces();
    if (pieces.size() != track.segments().size()) {
      return;
    }
    Set<String> said = new HashSet<>();
    for (int i = 0; i < pieces.size(); i++) {
      DescribedSegment segment = track.segments().get(i);
      Finding finding =
          segment.keys() == null
              ? null
              : finding(segment, segment.keys(), pieces.get(i), facts.keysInFragments());
      if (finding != null && said.add(finding.code())) {
        findings.accept(finding);
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Finding finding(
      DescribedSegment segment, DescribedSegment.Keys keys, Piece piece, boolean keysInFragments) {
    String name = segment.piece().name();
    if (piece.samples() > 0 && keys.encrypted() && piece.keyIds().isEmpty()) {
      return Finding.error(
          "key-line-for-clear-segment", keys.place(), "%s is clear".formatted(name));
    }
    if (!keys.encrypted() && !piece.keyIds().isEmpty()) {
      return Finding.error(
          "no-key-line",
          name,
          "it is encrypted with %s, and no EXT-X-KEY applies to it".formatted(piece.keyIds()));
    }
    // Of a root key, if fragments bring what leads from it to theirs.
    boolean ofRoot = keysInFragments && Collections.disjoint(keys.keyIds(), piece.keyIds());
    if (!ofRoot && !keys.keyIds().isEmpty() && !keys.keyIds().containsAll(piece.keyIds())) {
      return Finding.error(
          "hls-kid-mismatch",
          keys.place(),
          "it names %s, %s is encrypted with %s".formatted(keys.keyIds(), name, piece.keyIds()));
    }
    return null;
  }
}
