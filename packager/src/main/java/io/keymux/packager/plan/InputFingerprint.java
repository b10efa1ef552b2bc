package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.Movie;
import io.keymux.packager.isobmff.SampleTable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Tells inputs apart without reading them whole: the movie's description and pieces of the media.
 *
 * <p>Per-sample IVs are derived from it, so that another input under the same key starts from
 * another IV. The description alone would not do: two tracks of constant bit rate have the same.
 */
final class InputFingerprint {
  private static final int PIECES = 32;
  private static final int PIECE_BYTES = 512;

  private InputFingerprint() {}

  static Bytes of(Movie movie, MediaTrack media, MediaSource source) {
    MessageDigest digest = sha256();
    digest.update(movie.fingerprint().toArray());
    digest.update(ByteBuffer.allocate(12).putInt(media.trackId()).putLong(source.size()).array());
    SampleTable samples = media.samples();
    byte[] piece = new byte[PIECE_BYTES];
    int pieces = Math.min(PIECES, samples.count());
    for (int i = 0; i < pieces; i++) {
      int sample = (int) ((long) i * (samples.count() - 1) / Math.max(1, pieces - 1));
      int length = Math.min(PIECE_BYTES, samples.size(sample));
      long end = samples.offset(sample) + samples.size(sample);
      source.read(end - length, piece, 0, length);
      digest.update(piece, 0, length);
    }
    return Bytes.copyOf(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
