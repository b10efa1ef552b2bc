package io.keymux.packager.verify;

import io.keymux.cpix.SecretBytes;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.TrackFragment.Sample;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the samples of one track in order: place, IVs, subsamples, and what they decrypt to.
 * Memory is bounded by one sample. Not thread-safe.
 */
final class TrackSamples {
  private static final String GARBAGE = "decrypts-to-garbage";

  private final String name;
  private final TrackBoxes track;
  private final VerifyContext context;
  private final @Nullable SourceMatch source;
  private final SampleInfoCheck infos;
  private final Map<Entry, EntrySamples> entries = new HashMap<>();
  private final Set<String> said = new HashSet<>();
  private byte[] encrypted = new byte[0];
  private byte[] clear = new byte[0];
  private long nextDecodeTime = -1;
  private int sample;
  private long decrypted;

  /** What is kept for each sample entry. */
  private static final class EntrySamples {
    private final SampleCheck check;
    private final KeyEvidence evidence = new KeyEvidence();
    private final @Nullable ProtectedRangeCheck ranges;
    private @Nullable SampleDecryptor decryptor;

    EntrySamples(Entry entry) {
      this.check = SampleCheck.of(entry);
      SubsampleCodec codec = entry.codec() == null ? null : entry.codec().subsamples();
      Protection protection = entry.protection();
      this.ranges =
          codec == null
                  || !codec.measuresHeaders()
                  || protection == null
                  || !protection.isProtected()
              ? null
              : new ProtectedRangeCheck(codec, protection.scheme());
    }
  }

  TrackSamples(String name, TrackBoxes track, VerifyContext context) {
    this.name = name;
    this.track = track;
    this.context = context;
    this.infos = new SampleInfoCheck(name, context.ivs(), this::once);
    List<SourceSamples> sources = context.sources(track).stream().map(SourceSamples::of).toList();
    this.source = sources.isEmpty() ? null : new SourceMatch(sources);
  }

  long decryptedSamples() {
    return decrypted;
  }

  long comparedSamples() {
    return source == null ? 0 : source.equalSamples();
  }

  /** Goes on with sample {@code index} of the track, which starts a segment. */
  void seek(int index) {
    sample = index;
    nextDecodeTime = -1;
    for (EntrySamples state : entries.values()) {
      if (state.ranges != null) {
        state.ranges.restart();
      }
    }
    if (source != null) {
      source.seek(index);
    }
  }

  /**
   * @param data the {@code mdat} boxes that belong to the fragment
   */
  void add(TrackFragment fragment, MediaSource media, List<ByteRange> data, boolean decrypt) {
    if (fragment.decodeTime() < 0) {
      error("tfdt-missing", fragment.place(), "the fragment has no decode time");
    } else if (nextDecodeTime >= 0 && fragment.decodeTime() != nextDecodeTime) {
      error(
          "decode-time-gap",
          fragment.place() + "/tfdt",
          "decode time %d where the fragment before ends at %d"
              .formatted(fragment.decodeTime(), nextDecodeTime));
    }
    nextDecodeTime = fragment.decodeTime() + fragment.duration();
    boolean newIvs = context.ivs().isNew(fragment.place() + " " + track.trackId());
    for (int i = 0; i < fragment.samples().size(); i++) {
      Sample at = fragment.samples().get(i);
      Entry entry = fragment.entries().get(i);
      if (!inside(at, data)) {
        error(
            "sample-outside-mdat",
            fragment.place(),
            "sample %d of %d bytes at byte %d is in no mdat"
                .formatted(i, at.size() & 0xffffffffL, at.offset()));
        return;
      }
      SampleInfo info = fragment.info().isEmpty() ? null : fragment.info().get(i);
      boolean sound = infos.check(fragment, i, entry, info, newIvs);
      if (decrypt && sound && fragment.readable()) {
        look(fragment, i, entry, info == null ? SampleInfo.WHOLE : info, media);
      } else if (source != null) {
        source.skip(at.size());
      }
      sample++;
    }
  }

  private static boolean inside(Sample sample, List<ByteRange> data) {
    for (ByteRange mdat : data) {
      if (sample.size() >= 0
          && sample.offset() >= mdat.offset()
          && sample.offset() + sample.size() <= mdat.offset() + mdat.length()) {
        return true;
      }
    }
    return false;
  }

  private void look(
      TrackFragment fragment, int i, Entry entry, SampleInfo info, MediaSource media) {
    int size = fragment.samples().get(i).size();
    reserve(size);
    media.read(fragment.samples().get(i).offset(), encrypted, 0, size);
    EntrySamples state = entries.computeIfAbsent(entry, EntrySamples::new);
    if (!decrypt(entry, state, info, size, fragment.place())) {
      if (source != null) {
        source.skip(size);
      }
      return;
    }
    decrypted++;
    if (state.ranges != null) {
      ProtectedRangeCheck.Oddity oddity = state.ranges.check(clear, size, info);
      if (oddity != null) {
        once(
            Finding.warning(
                oddity.code(),
                fragment.place() + " sample " + i,
                "%s, the first such sample of %s".formatted(oddity.message(), name)));
      }
    }
    if (source != null) {
      compare(source, fragment, i, size);
    } else {
      double seconds = (double) fragment.samples().get(i).duration() / track.timescale();
      String problem = state.evidence.add(state.check.check(clear, size, seconds, info));
      if (problem != null) {
        garbage(fragment.place() + " sample " + i, problem, entry);
      }
    }
  }

  private void garbage(String place, String problem, Entry entry) {
    String why = entry.encrypted() ? "a wrong key, or damaged media" : "damaged media";
    String code = entry.encrypted() ? GARBAGE : "damaged-sample";
    once(Finding.error(code, place, "%s: %s: %s".formatted(name, problem, why)));
  }

  /** False if the key is not known. */
  private boolean decrypt(
      Entry entry, EntrySamples state, SampleInfo info, int size, String place) {
    Protection protection = entry.protection();
    if (protection == null || !protection.isProtected()) {
      System.arraycopy(encrypted, 0, clear, 0, size);
      return true;
    }
    if (!SampleDecryptor.knows(protection.scheme())) {
      return false;
    }
    if (state.decryptor == null) {
      SecretBytes key = context.key(protection.keyId(), place);
      if (key == null) {
        return false;
      }
      state.decryptor = new SampleDecryptor(protection, key);
      if (protection.scheme().equals("cens")) {
        once(
            Finding.warning(
                "cens-ambiguous",
                name,
                "decryptors disagree on cens; it is read as Shaka Packager reads it"));
      }
    }
    state.decryptor.decrypt(info, encrypted, clear, 0, size);
    return true;
  }

  private void compare(SourceMatch match, TrackFragment fragment, int i, int size) {
    switch (match.compare(clear, size)) {
      case EQUAL -> {}
      case DIFFERENT ->
          once(
              Finding.error(
                  "not-the-source",
                  fragment.place(),
                  "%s, sample %d does not decrypt to sample %d of the source"
                      .formatted(name, i, sample)));
      case NO_TRACK ->
          once(
              Finding.error(
                  "no-source-track",
                  fragment.place(),
                  "%s: no track of the sources has samples of these sizes, up to sample %d"
                      .formatted(name, sample)));
    }
  }

  private void reserve(int size) {
    if (size > encrypted.length) {
      int capacity = (int) Math.max(size, Math.min(Integer.MAX_VALUE / 2, encrypted.length * 2L));
      encrypted = new byte[capacity];
      clear = new byte[capacity];
    }
  }

  /** Says what holds of all samples together. */
  void finish() {
    if (source != null) {
      finishSource(source);
      return;
    }
    entries.forEach(
        (entry, state) -> {
          String against = state.evidence.against();
          if (against != null) {
            garbage(name, against, entry);
          }
          Protection protection = entry.protection();
          if (entry.encrypted() && protection != null && state.decryptor != null) {
            double bits = said.contains(GARBAGE) ? Double.NEGATIVE_INFINITY : state.evidence.bits();
            context.weigh(protection.keyId(), name, bits);
          }
        });
  }

  /** Says what holds of the samples that were decrypted, whatever became of the others. */
  void finishPart() {
    if (source != null) {
      checkConfigs(source);
    }
  }

  private void finishSource(SourceMatch match) {
    int wanted = match.wantedCount();
    if (wanted >= 0 && wanted != sample) {
      error("sample-count", name, "%d samples, the source has %d".formatted(sample, wanted));
    } else if (wanted < 0) {
      once(
          Finding.error(
              "no-source-track", name, "no track of the sources has samples of these sizes"));
    }
    checkConfigs(match);
  }

  private void checkConfigs(SourceMatch match) {
    for (Entry entry : entries.keySet()) {
      if (!match.sameConfig(entry.clear())) {
        once(
            Finding.warning(
                "codec-config-differs", name, "its decoder configuration is not the source's"));
      }
    }
  }

  private void error(String code, String place, String message) {
    context.add(Finding.error(code, place, message));
  }

  /** Of what is wrong with each sample, the first tells enough. */
  private void once(Finding finding) {
    if (said.add(finding.code())) {
      context.add(finding);
    }
  }
}
