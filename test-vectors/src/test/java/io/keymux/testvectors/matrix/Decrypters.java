package io.keymux.testvectors.matrix;

import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.KeyRing;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.judge.UnreadableMediaException;
import io.keymux.testvectors.oracle.Ffmpeg;
import io.keymux.testvectors.oracle.Gpac;
import io.keymux.testvectors.oracle.Mp4decrypt;
import io.keymux.testvectors.oracle.ShakaPackager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Other people's decrypters on one track.
 *
 * @param joined init segment and media segments in one file
 * @param judged what it should be
 */
record Decrypters(Path joined, JudgedTrack judged, KeyRing keys) {
  private interface Decryption {
    /** The stream hash of what it makes of the track. */
    String hash() throws IOException;
  }

  /**
   * Runs all that are there.
   *
   * @param outcomes of each, over all tracks of a cell: the worst counts
   */
  void compare(Path work, Map<String, String> outcomes) {
    String key = keys.key(judged.keyIds().iterator().next()).orElseThrow();
    run("ffmpeg", outcomes, () -> Ffmpeg.decryptedStreamHash(joined, key, 0));
    run(
        "Shaka Packager",
        outcomes,
        () -> {
          Path out = out(work, "shaka");
          String stream = judged.handler().equals("vide") ? "video" : "audio";
          return hash(ShakaPackager.decrypt(joined, stream, out, keys), out);
        });
    if (Mp4decrypt.isPresent()) {
      run(
          "mp4decrypt",
          outcomes,
          () -> {
            Path out = out(work, "bento4");
            Mp4decrypt.decrypt(joined, out, keys);
            return hash("", out);
          });
    }
    if (Gpac.isPresent()) {
      // Its file is not fragmented, so another reader than the judge's looks into it.
      run(
          "GPAC",
          outcomes,
          () -> {
            Path out = out(work, "gpac");
            String complaint = Gpac.decrypt(joined, out, keys);
            if (!complaint.isEmpty()) {
              throw new IOException(complaint);
            }
            return Ffmpeg.streamHash(out, 0);
          });
    }
  }

  private Path out(Path work, String tool) {
    return work.resolve(joined.getFileName() + "." + tool + ".mp4");
  }

  private void run(String decrypter, Map<String, String> outcomes, Decryption decryption) {
    String outcome;
    try {
      outcome =
          decryption.hash().equals(judged.streamHash()) ? InteropTable.SAME : InteropTable.OTHER;
    } catch (IOException | UnreadableMediaException e) {
      outcome = InteropTable.REFUSED;
    }
    if (!outcomes.getOrDefault(decrypter, InteropTable.SAME).equals(InteropTable.SAME)) {
      return;
    }
    outcomes.put(decrypter, outcome);
  }

  private static String hash(String complaint, Path out) throws IOException {
    if (!complaint.isEmpty()) {
      throw new IOException(complaint);
    }
    return ReferenceDecryptor.decrypt(List.of(out), KeyRing.empty()).get(0).streamHash();
  }
}
