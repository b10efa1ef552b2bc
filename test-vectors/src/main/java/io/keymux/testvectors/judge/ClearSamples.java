package io.keymux.testvectors.judge;

import io.keymux.cpix.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the samples of a progressive, clear MP4 from its sample tables: what a decrypted track is
 * held against. Edit lists do not matter here, every sample counts.
 *
 * @see "ISO/IEC 14496-12, Sample Table Box"
 */
public final class ClearSamples {
  private ClearSamples() {}

  /**
   * @param source at most 2 GB, read as a whole
   * @return tracks in the order of {@code moov}
   * @throws UnreadableMediaException if it is malformed
   */
  public static List<JudgedTrack> read(Path source) throws IOException {
    Box file = Box.file(Files.readAllBytes(source));
    Box moov = file.require("moov");
    List<JudgedTrack> tracks = new ArrayList<>();
    List<TrackHeader> headers = TrackHeader.ofMoov(moov);
    List<Box> traks = moov.children("trak");
    for (int i = 0; i < traks.size(); i++) {
      TrackHeader header = headers.get(i);
      tracks.add(
          new JudgedTrack(
              header.id(),
              header.handler(),
              header.entries().get(0).format(),
              samples(file, traks.get(i).require("mdia", "minf", "stbl"))));
    }
    return tracks;
  }

  private static List<JudgedSample> samples(Box file, Box stbl) {
    Box stsz = stbl.require("stsz");
    Box stsc = stbl.require("stsc");
    boolean wide = stbl.find("co64").isPresent();
    Box chunks = wide ? stbl.require("co64") : stbl.require("stco");
    int fixedSize = stsz.count(4);
    int total = stsz.count(8);
    int runs = stsc.count(4);
    List<JudgedSample> samples = new ArrayList<>();
    int run = 0;
    for (int chunk = 0; chunk < chunks.count(4); chunk++) {
      while (run + 1 < runs && stsc.count(8 + 12 * (run + 1)) <= chunk + 1) {
        run++;
      }
      long at = wide ? chunks.u64(8 + 8 * chunk) : chunks.u32(8 + 4 * chunk);
      int inChunk = stsc.count(8 + 12 * run + 4);
      for (int i = 0; i < inChunk; i++) {
        int size = fixedSize != 0 ? fixedSize : stsz.count(12 + 4 * samples.size());
        samples.add(new JudgedSample(Bytes.copyOf(file.bytes(Math.toIntExact(at), size)), null));
        at += size;
      }
    }
    if (samples.size() != total) {
      throw stsz.malformed(8, "counts " + total + " samples, the chunks hold " + samples.size());
    }
    return samples;
  }
}
