package io.keymux.packager.write;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.TrackType;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.output.OutputFile;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.SegmentKey;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import org.jspecify.annotations.Nullable;

/**
 * Reads, encrypts and writes fragments of one track, one after the other: each thread has its own.
 *
 * <pre>
 * input  |s s s s|..|s s s|..     runs of neighbours, read into the piece
 *           v encrypt, sample by sample
 * payload |s s s s s s s|         the fragment, written behind its moof, which tells the IVs
 * </pre>
 */
final class FragmentWriter {
  /** How much of a segment's first sample is searched for parameter sets. */
  private static final int PARAMETER_SET_BYTES = 16 * 1024;

  private final TrackPlan plan;
  private final SampleTable samples;
  private final MediaSource source;
  private final SampleEncryptors encryptors;
  private final WorkBuffers buffers;
  private final FragmentHeader header;
  private final PieceReader reader;
  private final SealedSegmentWriter sealed;
  private @Nullable SampleEncryptor encryptor;

  FragmentWriter(TrackPlan plan, SampleEncryptors encryptors, WorkBuffers buffers) {
    this.plan = plan;
    this.samples = plan.source().media().samples();
    this.source = plan.source().source();
    this.encryptors = encryptors;
    this.buffers = buffers;
    this.header = new FragmentHeader(plan, buffers.header());
    this.reader = new PieceReader(plan, buffers);
    this.sealed = new SealedSegmentWriter(plan, buffers);
  }

  /**
   * Writes fragments at the places that their file gives them.
   *
   * @param written is told of each
   * @throws DrmException if the input cannot be read or parsed, or the output not be written
   */
  void write(FragmentRun run, Written written) throws InterruptedException {
    SegmentKey key = plan.segmentKey(run.segmentIndex());
    if (key != null) {
      sealed.write(run, key, written);
      return;
    }
    SampleEncryptor with = startSegment(run);
    for (int i = 0; i < run.fragments().size(); i++) {
      FragmentPlan fragment = run.fragments().get(i);
      buffers.startFragment(with == null ? 0 : fragment.bytes());
      if (with != null) {
        with.startFragment();
        reader.read(fragment, (first, end, at, data, bytes) -> encrypt(first, end, at, data, with));
      }
      int moof = header.write(run, i, with);
      if (hasPicture(fragment.firstSample())) {
        int bytes = buffers.header().size() - moof + samples.size(fragment.firstSample());
        run.keyFrames().set(run.segmentIndex(), run.firstFragment() + i, moof, bytes);
      }
      if (!place(run, i, with != null)) {
        return;
      }
      written.add(fragment.bytes());
    }
  }

  private boolean hasPicture(int sample) {
    return plan.source().media().type() == TrackType.VIDEO && samples.isSync(sample);
  }

  /** Clear samples are read once their place is known, and pass through the piece alone. */
  private boolean place(FragmentRun run, int index, boolean encrypted) throws InterruptedException {
    FragmentPlan fragment = run.fragments().get(index);
    OutputFile file = run.file();
    int head = buffers.header().size();
    long position = file.place(run.firstPart() + index, (long) head + fragment.bytes());
    if (position < 0) {
      return false;
    }
    file.write(position, buffers.header().toByteArray(), 0, head);
    long payload = position + head;
    if (encrypted) {
      file.write(payload, buffers.payload(), 0, fragment.bytes());
    } else {
      reader.read(
          fragment, (first, end, at, data, bytes) -> file.write(payload + at, data, 0, bytes));
    }
    file.finishPart();
    return true;
  }

  /** From the piece, which starts with sample {@code first}, to byte {@code to} of the payload. */
  private void encrypt(int first, int end, int to, byte[] piece, SampleEncryptor with) {
    int at = 0;
    for (int i = first; i < end; i++) {
      int size = samples.size(i);
      try {
        with.encrypt(i, piece, at, buffers.payload(), to + at, size);
      } catch (DrmException e) {
        throw plan.source().inSample(e, i);
      }
      at += size;
    }
  }

  /**
   * What encrypts the segment of a run, or null if it stays clear. A run that starts in the middle
   * of a segment starts with the parameter sets that the segment's first sample brought.
   */
  private @Nullable SampleEncryptor startSegment(FragmentRun run) {
    TrackEncryption encryption = plan.encryption(run.segmentIndex());
    if (encryption == null) {
      return null;
    }
    SampleEncryptor with = encryptor;
    if (with == null || !with.encryption().equals(encryption)) {
      with = encryptors.of(plan, encryption);
      encryptor = with;
    }
    int first = run.segment().firstSample();
    boolean inside = run.fragments().get(0).firstSample() != first;
    byte[] start = null;
    if (inside && with.readsSegmentStart()) {
      start = new byte[Math.min(PARAMETER_SET_BYTES, samples.size(first))];
      source.read(samples.offset(first), start, 0, start.length);
    }
    with.startSegment(start);
    return with;
  }

  /** Follows the work; may stop it by throwing. */
  interface Written {
    /**
     * @param bytes of samples, of one fragment
     */
    void add(int bytes);
  }
}
