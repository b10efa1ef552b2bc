package io.keymux.packager.write;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.encrypt.CbcsSampleCipher;
import io.keymux.packager.encrypt.CencSampleCipher;
import io.keymux.packager.encrypt.SampleCipher;
import io.keymux.packager.encrypt.SubsampleLayout;
import io.keymux.packager.encrypt.SubsampleMap;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads, encrypts and writes fragments of one track, one after the other: each thread has its own.
 *
 * <pre>
 * input  |s s s s|..|s s s|..     runs of neighbours, read into the piece
 *           v encrypt, sample by sample
 * payload |s s s s s s s|         the fragment, written behind its moof
 * </pre>
 */
final class FragmentWriter {
  /** How much of a segment's first sample is searched for parameter sets. */
  private static final int PARAMETER_SET_BYTES = 16 * 1024;

  private final TrackPlan plan;
  private final SampleTable samples;
  private final MediaSource source;
  private final WorkBuffers buffers;
  private final SubsampleMap map = new SubsampleMap();
  private final @Nullable SampleCipher cipher;
  private final @Nullable SampleEncryptionInfo info;
  private final @Nullable SubsampleCodec subsamples;

  FragmentWriter(TrackPlan plan, WorkBuffers buffers) {
    this.plan = plan;
    this.samples = plan.source().media().samples();
    this.source = plan.source().source();
    this.buffers = buffers;
    TrackEncryption encryption = plan.encryption();
    this.subsamples = encryption == null ? null : plan.source().codec().subsamples();
    this.cipher = encryption == null ? null : cipher(encryption);
    this.info =
        encryption == null ? null : new SampleEncryptionInfo(encryption, subsamples != null);
  }

  private static SampleCipher cipher(TrackEncryption encryption) {
    return encryption.scheme() == ProtectionScheme.CBCS
        ? new CbcsSampleCipher(
            encryption.key(), Objects.requireNonNull(encryption.constantIv(), "constantIv"))
        : new CencSampleCipher(encryption.key(), encryption.firstIv());
  }

  /**
   * Writes fragments at the places that their file gives them.
   *
   * @param written is told of each
   * @throws DrmException if the input cannot be read or parsed, or the output not be written
   */
  void write(FragmentRun run, Written written) throws InterruptedException {
    SubsampleLayout layout = layout(run);
    for (int i = 0; i < run.fragments().size(); i++) {
      FragmentPlan fragment = run.fragments().get(i);
      buffers.startFragment(fragment.bytes());
      fill(fragment, layout);
      if (i == 0 && run.opensFile()) {
        styp();
      }
      Moof.write(buffers.header(), plan, fragment, run.firstSequence() + i, info);
      int head = buffers.header().size();
      long position = run.file().place(run.firstPart() + i, (long) head + fragment.bytes());
      if (position < 0) {
        return;
      }
      run.file().write(position, buffers.header().toByteArray(), 0, head);
      run.file().write(position + head, buffers.payload(), 0, fragment.bytes());
      run.file().finishPart();
      written.add(fragment.bytes());
    }
  }

  /** Makes the payload. */
  private void fill(FragmentPlan fragment, @Nullable SubsampleLayout layout) {
    if (cipher == null) {
      readSamples(fragment.firstSample(), fragment.endSample(), buffers.payload());
      return;
    }
    Objects.requireNonNull(info).reset();
    int to = 0;
    int first = fragment.firstSample();
    while (first < fragment.endSample()) {
      int end = first + 1;
      int bytes = samples.size(first);
      while (end < fragment.endSample() && bytes + samples.size(end) <= WorkBuffers.PIECE_BYTES) {
        bytes += samples.size(end++);
      }
      readSamples(first, end, buffers.piece(bytes));
      encrypt(first, end, to, layout);
      to += bytes;
      first = end;
    }
  }

  /** Neighbours in the file are read at once. */
  private void readSamples(int first, int end, byte[] target) {
    int filled = 0;
    int sample = first;
    while (sample < end) {
      long start = samples.offset(sample);
      int run = 0;
      while (sample < end && samples.offset(sample) == start + run) {
        run += samples.size(sample++);
      }
      source.read(start, target, filled, run);
      filled += run;
    }
  }

  /** From the piece, which starts with sample {@code first}, to byte {@code to} of the payload. */
  private void encrypt(int first, int end, int to, @Nullable SubsampleLayout layout) {
    SampleCipher sampleCipher = Objects.requireNonNull(cipher);
    SampleEncryptionInfo encryptionInfo = Objects.requireNonNull(info);
    byte[] piece = buffers.piece(0);
    int at = 0;
    for (int i = first; i < end; i++) {
      int size = samples.size(i);
      SubsampleMap ranges = layout == null ? null : map;
      try {
        if (layout != null) {
          layout.layOut(piece, at, size, map);
        }
        encryptionInfo.add(i, ranges);
      } catch (DrmException e) {
        throw inSample(e, i);
      }
      sampleCipher.encrypt(i, piece, at, buffers.payload(), to + at, size, ranges);
      at += size;
    }
  }

  /**
   * A run that starts in the middle of a segment starts with the parameter sets that the segment's
   * first sample brought.
   */
  private @Nullable SubsampleLayout layout(FragmentRun run) {
    if (subsamples == null) {
      return null;
    }
    SubsampleLayout layout =
        new SubsampleLayout(subsamples, Objects.requireNonNull(plan.encryption()).scheme());
    int first = run.segment().firstSample();
    if (run.fragments().get(0).firstSample() != first) {
      byte[] start = new byte[Math.min(PARAMETER_SET_BYTES, samples.size(first))];
      source.read(samples.offset(first), start, 0, start.length);
      layout.readSegmentStart(start);
    }
    return layout;
  }

  private DrmException inSample(DrmException e, int sample) {
    return new DrmException(
        e.blame(),
        e.code(),
        "%s, track %s, sample %d at byte %d: %s"
            .formatted(source.name(), plan.name(), sample, samples.offset(sample), e.problem()),
        e.remedy(),
        e);
  }

  private void styp() {
    BoxWriter header = buffers.header();
    header.box(
        FourCc.of("styp"),
        () -> header.u32(FourCc.of("msdh")).u32(0).u32(FourCc.of("msdh")).u32(FourCc.of("cmfs")));
  }

  /** Follows the work; may stop it by throwing. */
  interface Written {
    /**
     * @param bytes of samples, of one fragment
     */
    void add(int bytes);
  }
}
