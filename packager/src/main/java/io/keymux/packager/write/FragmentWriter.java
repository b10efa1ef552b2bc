package io.keymux.packager.write;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.encrypt.Aes128SegmentCipher;
import io.keymux.packager.encrypt.Aes128Sink;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.output.FileSink;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.SegmentEvents;
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
  private @Nullable FragmentEncryptor encryptor;
  private @Nullable ContentKey sinkKey;
  private @Nullable Aes128Sink aesSink;

  FragmentWriter(TrackPlan plan, WorkBuffers buffers) {
    this.plan = plan;
    this.samples = plan.source().media().samples();
    this.source = plan.source().source();
    this.buffers = buffers;
  }

  /**
   * Writes fragments at the places that their file gives them.
   *
   * @param written is told of each
   * @throws DrmException if the input cannot be read or parsed, or the output not be written
   */
  void write(FragmentRun run, Written written) throws InterruptedException {
    SegmentKey key = plan.segmentKey(run.segmentIndex());
    if (key == null) {
      write(run, written, (i, bytes) -> place(run, i, bytes));
      return;
    }
    FileSink file = new FileSink(run.file());
    Aes128Sink sink = sink(key.key());
    sink.start(key.iv(plan.firstNumber() + run.segmentIndex()), file);
    write(
        run,
        written,
        (i, bytes) -> {
          sink.write(buffers.header().toByteArray(), 0, buffers.header().size());
          sink.write(buffers.payload(), 0, bytes);
          return true;
        });
    sink.finish();
    file.finish();
  }

  /** What becomes of the fragment that lies in the buffers; false ends the run. */
  private interface Target {
    boolean put(int fragment, int payloadBytes) throws InterruptedException;
  }

  private void write(FragmentRun run, Written written, Target target) throws InterruptedException {
    FragmentEncryptor with = startSegment(run);
    for (int i = 0; i < run.fragments().size(); i++) {
      FragmentPlan fragment = run.fragments().get(i);
      buffers.startFragment(fragment.bytes());
      fill(fragment, with);
      if (i == 0 && run.opensFile()) {
        styp();
      }
      boolean startsSegment = run.firstFragment() + i == 0;
      if (startsSegment) {
        SegmentEvents.of(plan, run.segmentIndex()).forEach(event -> event.write(buffers.header()));
      }
      int moof = buffers.header().size();
      Moof.write(
          buffers.header(),
          plan,
          fragment,
          run.firstSequence() + i,
          with == null ? null : with.encryption(),
          with == null ? null : with.info(),
          startsSegment);
      if (hasPicture(fragment.firstSample())) {
        int bytes = buffers.header().size() - moof + samples.size(fragment.firstSample());
        run.keyFrames().set(run.segmentIndex(), run.firstFragment() + i, moof, bytes);
      }
      if (!target.put(i, fragment.bytes())) {
        return;
      }
      written.add(fragment.bytes());
    }
  }

  private boolean hasPicture(int sample) {
    return plan.source().media().type() == TrackType.VIDEO && samples.isSync(sample);
  }

  private boolean place(FragmentRun run, int fragment, int bytes) throws InterruptedException {
    int head = buffers.header().size();
    long position = run.file().place(run.firstPart() + fragment, (long) head + bytes);
    if (position < 0) {
      return false;
    }
    run.file().write(position, buffers.header().toByteArray(), 0, head);
    run.file().write(position + head, buffers.payload(), 0, bytes);
    run.file().finishPart();
    return true;
  }

  /** One sink for a key, since its cipher gets faster with use. */
  private Aes128Sink sink(ContentKey key) {
    Aes128Sink sink = aesSink;
    if (sink == null || !key.equals(sinkKey)) {
      sink = new Aes128Sink(new Aes128SegmentCipher(key));
      aesSink = sink;
      sinkKey = key;
    }
    return sink;
  }

  /** Makes the payload. */
  private void fill(FragmentPlan fragment, @Nullable FragmentEncryptor with) {
    if (with == null) {
      readSamples(fragment.firstSample(), fragment.endSample(), buffers.payload());
      return;
    }
    with.startFragment();
    int to = 0;
    int first = fragment.firstSample();
    while (first < fragment.endSample()) {
      int end = first + 1;
      int bytes = samples.size(first);
      while (end < fragment.endSample() && bytes + samples.size(end) <= WorkBuffers.PIECE_BYTES) {
        bytes += samples.size(end++);
      }
      readSamples(first, end, buffers.piece(bytes));
      encrypt(first, end, to, with);
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
  private void encrypt(int first, int end, int to, FragmentEncryptor with) {
    byte[] piece = buffers.piece(0);
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
  private @Nullable FragmentEncryptor startSegment(FragmentRun run) {
    TrackEncryption encryption = plan.encryption(run.segmentIndex());
    if (encryption == null) {
      return null;
    }
    FragmentEncryptor with = encryptor;
    if (with == null || !with.encryption().equals(encryption)) {
      with = new FragmentEncryptor(encryption, plan.source().codec().subsamples());
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
