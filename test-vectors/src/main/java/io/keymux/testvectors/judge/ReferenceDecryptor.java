package io.keymux.testvectors.judge;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts fragmented MP4 under cenc, cbcs, cens and cbc1: several tracks, several keys by KID,
 * clear sample entries, {@code seig} groups. The whole input is held in memory.
 *
 * <p>Where packagers disagree about cens: patterns count over the sample without a reset and a
 * short last block stays clear (Shaka Packager, ffmpeg); a sample without subsamples is encrypted
 * to its last byte (Bento4, ffmpeg).
 *
 * <p>On the way it refuses files whose {@code saiz}, {@code saio} and {@code senc} disagree, even
 * where a lenient reader could decrypt them.
 */
public final class ReferenceDecryptor {
  private final Box file;
  private final KeyRing keys;
  private final Map<KeyId, SampleCipher> ciphers = new HashMap<>();

  private ReferenceDecryptor(Box file, KeyRing keys) {
    this.file = file;
    this.keys = keys;
  }

  /**
   * @param parts an init segment and its media segments in order, or one single file
   * @return tracks in the order of {@code moov}
   * @throws UnreadableMediaException if the media is malformed, contradicts itself, or needs a key
   *     that is not in {@code keys}
   * @throws IOException if a part cannot be read
   */
  public static List<JudgedTrack> decrypt(List<Path> parts, KeyRing keys) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Path part : parts) {
      Files.copy(part, joined);
    }
    return decrypt(joined.toByteArray(), keys);
  }

  /**
   * As {@link #decrypt(List, KeyRing)}, from memory.
   *
   * @param media not changed
   */
  public static List<JudgedTrack> decrypt(byte[] media, KeyRing keys) {
    return new ReferenceDecryptor(Box.file(media), keys).run();
  }

  private List<JudgedTrack> run() {
    Map<Integer, TrackHeader> headers = new LinkedHashMap<>();
    Map<Integer, List<JudgedSample>> samples = new HashMap<>();
    for (TrackHeader header : TrackHeader.ofMoov(file.require("moov"))) {
      headers.put(header.id(), header);
      samples.put(header.id(), new ArrayList<>());
    }
    for (Box moof : file.children("moof")) {
      for (Box traf : moof.children("traf")) {
        int trackId = FragmentRun.trackId(traf);
        @Nullable TrackHeader header = headers.get(trackId);
        @Nullable List<JudgedSample> out = samples.get(trackId);
        if (header == null || out == null) {
          throw traf.malformed(0, "track " + trackId + " is not in moov");
        }
        decryptRun(FragmentRun.of(moof, traf, header), header, out);
      }
    }
    List<JudgedTrack> tracks = new ArrayList<>();
    for (TrackHeader header : headers.values()) {
      tracks.add(
          new JudgedTrack(
              header.id(),
              header.handler(),
              header.entries().get(0).format(),
              samples.getOrDefault(header.id(), List.of())));
    }
    return tracks;
  }

  private void decryptRun(FragmentRun run, TrackHeader header, List<JudgedSample> out) {
    @Nullable Protection entry = header.entry(run.entryIndex(), run.traf()).protection();
    int count = run.sizes().size();
    if (entry == null) {
      for (int i = 0; i < count; i++) {
        out.add(new JudgedSample(Bytes.copyOf(sample(run, i)), null));
      }
      return;
    }
    List<Protection> protections = SampleGroups.resolve(run.traf(), header, entry, count);
    List<AuxInfo> infos = AuxInfo.read(run.traf(), protections, run.auxBase(), file);
    for (int i = 0; i < count; i++) {
      out.add(decrypt(sample(run, i), protections.get(i), infos.get(i), run, i));
    }
  }

  private JudgedSample decrypt(
      byte[] sample, Protection how, AuxInfo info, FragmentRun run, int index) {
    if (!how.isProtected()) {
      return new JudgedSample(Bytes.copyOf(sample), null);
    }
    int covered =
        cipher(how.keyId(), run.trackId()).decrypt(sample, how, info, run.offsets().get(index));
    Bytes iv = how.ivSize() == 0 ? how.constantIv() : info.iv();
    return new JudgedSample(
        Bytes.copyOf(sample),
        new JudgedSample.Cover(how.scheme(), how.keyId(), iv, info.subsamples(), covered));
  }

  private byte[] sample(FragmentRun run, int index) {
    return file.bytes(run.offsets().get(index), run.sizes().get(index));
  }

  private SampleCipher cipher(KeyId keyId, int trackId) {
    return ciphers.computeIfAbsent(
        keyId,
        missing ->
            new SampleCipher(
                HexFormat.of()
                    .parseHex(
                        keys.key(missing)
                            .orElseThrow(
                                () -> UnreadableMediaException.missingKey(missing, trackId)))));
  }
}
