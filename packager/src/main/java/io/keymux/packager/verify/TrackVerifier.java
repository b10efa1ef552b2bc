package io.keymux.packager.verify;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one track: reads its fragments in order, checks their boxes and, where it is told to and
 * has the key, decrypts their samples.
 *
 * <p>Memory is bounded by one sample. Not thread-safe.
 */
final class TrackVerifier {
  private final String name;
  private final Function<KeyId, @Nullable SecretBytes> keys;
  private final @Nullable SourceSamples source;
  private final List<Finding> findings = new ArrayList<>();
  private final IvRanges ivs = new IvRanges();
  private final Map<Protection, SampleDecryptor> decryptors = new HashMap<>();
  private final Set<KeyId> keyIds = new HashSet<>();
  private List<TrackBoxes> tracks = List.of();
  private byte[] encrypted = new byte[0];
  private byte[] clear = new byte[0];
  private byte[] wanted = new byte[0];
  private long nextDecodeTime = -1;
  private int sample;
  private int fragments;
  private long decryptedSamples;
  private long comparedSamples;
  private long damagedSamples;

  /**
   * @param name of the track, for findings
   * @param keys gives the key of a KID, or null if it is not known
   * @param source what decrypted samples must be equal to, or null
   */
  TrackVerifier(
      String name, Function<KeyId, @Nullable SecretBytes> keys, @Nullable SourceSamples source) {
    this.name = name;
    this.keys = keys;
    this.source = source;
  }

  /** Reads the init segment. */
  void init(String file, MediaSource media, long start, long length) {
    BoxWalk walk = new BoxWalk(media, start, length);
    while (walk.hasNext()) {
      BoxWalk.TopBox box = walk.next();
      if (box.type().equals("moov")) {
        tracks = TrackBoxes.read(walk.read(box).body());
      }
    }
    if (tracks.isEmpty()) {
      findings.add(Finding.error("no-moov", file, "the init segment holds no track"));
    }
    for (TrackBoxes track : tracks) {
      for (Entry entry : track.entries()) {
        Protection protection = entry.protection();
        if (protection != null) {
          keyIds.add(protection.keyId());
          checkProtection(file, protection);
        }
      }
    }
  }

  private void checkProtection(String file, Protection protection) {
    String place = file + " tenc";
    if (protection.keyId().equals(KeyId.ofBytes(new byte[KeyId.SIZE_BYTES]))) {
      findings.add(Finding.error("zero-kid", place, "the default KID is all zero"));
    }
    boolean constant = protection.ivSize() == 0;
    if (protection.scheme().equals("cbcs") != constant) {
      findings.add(
          Finding.error(
              "tenc-iv-size",
              place,
              "per-sample IVs of %d bytes in scheme %s"
                  .formatted(protection.ivSize(), protection.scheme())));
    }
  }

  /** KIDs of all protected sample entries. */
  Set<KeyId> keyIds() {
    return Set.copyOf(keyIds);
  }

  List<TrackBoxes> tracks() {
    return tracks;
  }

  /**
   * Reads a media segment.
   *
   * @param decrypt whether samples are decrypted and looked into, or only their boxes checked
   */
  void segment(String file, MediaSource media, long start, long length, boolean decrypt) {
    BoxWalk walk = new BoxWalk(media, start, length);
    while (walk.hasNext()) {
      BoxWalk.TopBox box = walk.next();
      if (box.type().equals("moof")) {
        for (TrackFragment fragment :
            FragmentBoxes.read(file, walk.read(box), tracks, findings::add)) {
          fragment(fragment, media, start + length, decrypt);
        }
      }
    }
  }

  private void fragment(TrackFragment fragment, MediaSource media, long end, boolean decrypt) {
    fragments++;
    if (tracks.size() == 1 && nextDecodeTime >= 0 && fragment.decodeTime() != nextDecodeTime) {
      findings.add(
          Finding.error(
              "decode-time-gap",
              fragment.place() + "/tfdt",
              "decode time %d where the fragment before ends at %d"
                  .formatted(fragment.decodeTime(), nextDecodeTime)));
    }
    nextDecodeTime = fragment.decodeTime() + fragment.duration();
    TrackBoxes track =
        tracks.stream()
            .filter(t -> t.trackId() == fragment.trackId())
            .findFirst()
            .orElseThrow(IllegalStateException::new);
    Entry entry = track.entries().get(fragment.entry() - 1);
    for (int i = 0; i < fragment.sizes().length; i++) {
      long offset = fragment.offsets()[i];
      int size = fragment.sizes()[i];
      if (size < 0 || offset < 0 || offset + size > end) {
        findings.add(
            Finding.error(
                "sample-outside-segment",
                fragment.place(),
                "sample %d of %d bytes at byte %d leaves the segment".formatted(i, size, offset)));
        return;
      }
      SampleInfo info = fragment.info().isEmpty() ? null : fragment.info().get(i);
      checkInfo(fragment, i, entry, info);
      if (decrypt) {
        look(fragment, i, entry, info, media);
      }
      sample++;
    }
  }

  private void checkInfo(TrackFragment fragment, int i, Entry entry, @Nullable SampleInfo info) {
    Protection protection = entry.protection();
    if (protection == null || !protection.isProtected()) {
      return;
    }
    if (info == null) {
      if (protection.ivSize() > 0) {
        findings.add(Finding.error("senc-missing", fragment.place(), "no senc for its samples"));
      }
      return;
    }
    if (info.iv().length > 0 && !ivs.add(protection.keyId(), info.iv())) {
      findings.add(
          Finding.error(
              "iv-reused", fragment.place() + "/senc", "sample %d repeats an IV".formatted(i)));
    }
    long total = 0;
    for (int e = 0; e < info.clear().length; e++) {
      total += info.clear()[e] + (info.protectedBytes()[e] & 0xffffffffL);
    }
    if (info.clear().length > 0 && total != fragment.sizes()[i]) {
      findings.add(
          Finding.error(
              "subsamples-size",
              fragment.place() + "/senc",
              "subsamples of sample %d cover %d of its %d bytes"
                  .formatted(i, total, fragment.sizes()[i])));
    }
  }

  private void look(
      TrackFragment fragment, int i, Entry entry, @Nullable SampleInfo info, MediaSource media) {
    int size = fragment.sizes()[i];
    reserve(size);
    media.read(fragment.offsets()[i], encrypted, 0, size);
    if (!decrypt(entry, info, size)) {
      return;
    }
    decryptedSamples++;
    String problem = SampleSanity.problem(entry, clear, size);
    if (problem != null && damagedSamples++ == 0) {
      findings.add(
          Finding.error(
              "decrypts-to-garbage",
              fragment.place(),
              "%s, sample %d: %s".formatted(name, i, problem)));
    }
    if (source != null) {
      compare(fragment, i, size, source);
    }
  }

  /** False if the key is not known. */
  private boolean decrypt(Entry entry, @Nullable SampleInfo info, int size) {
    Protection protection = entry.protection();
    if (protection == null || !protection.isProtected()) {
      System.arraycopy(encrypted, 0, clear, 0, size);
      return true;
    }
    SampleDecryptor decryptor = decryptors.get(protection);
    if (decryptor == null) {
      SecretBytes key = keys.apply(protection.keyId());
      if (key == null) {
        return false;
      }
      decryptor = new SampleDecryptor(protection, key);
      decryptors.put(protection, decryptor);
    }
    SampleInfo whole = new SampleInfo(new byte[0], new int[0], new int[0]);
    decryptor.decrypt(info == null ? whole : info, encrypted, clear, 0, size);
    return true;
  }

  private void compare(TrackFragment fragment, int i, int size, SourceSamples samples) {
    boolean equal = sample < samples.count() && samples.size(sample) == size;
    if (equal) {
      samples.read(sample, wanted, 0);
      equal = Arrays.equals(wanted, 0, size, clear, 0, size);
    }
    if (equal) {
      comparedSamples++;
    } else if (damagedSamples++ == 0) {
      findings.add(
          Finding.error(
              "not-the-source",
              fragment.place(),
              "%s, sample %d does not decrypt to sample %d of the input"
                  .formatted(name, i, sample)));
    }
  }

  private void reserve(int size) {
    if (size > encrypted.length) {
      int capacity = Math.max(size, Math.min(Integer.MAX_VALUE / 2, encrypted.length) * 2);
      encrypted = new byte[capacity];
      clear = new byte[capacity];
      wanted = new byte[capacity];
    }
  }

  /** Ends the track: says what was found. */
  VerificationReport finish() {
    if (source != null && sample != source.count()) {
      findings.add(
          Finding.error(
              "sample-count",
              name,
              "%d samples, the input has %d".formatted(sample, source.count())));
    }
    return new VerificationReport(1, fragments, decryptedSamples, comparedSamples, findings);
  }
}
