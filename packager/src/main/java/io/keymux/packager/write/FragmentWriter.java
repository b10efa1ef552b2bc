package io.keymux.packager.write;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.codec.NalCodec;
import io.keymux.packager.encrypt.CbcsSampleCipher;
import io.keymux.packager.encrypt.CencSampleCipher;
import io.keymux.packager.encrypt.NalSubsamples;
import io.keymux.packager.encrypt.SampleCipher;
import io.keymux.packager.encrypt.SubsampleMap;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads, encrypts and writes fragments of one track, one after the other. Holds ciphers: each
 * thread has its own, while the buffers are the thread's and serve all its tracks.
 */
final class FragmentWriter {
  /** How much of a segment's first sample is searched for parameter sets. */
  private static final int PARAMETER_SET_BYTES = 16 * 1024;

  private final TrackPlan plan;
  private final SampleTable samples;
  private final MediaSource source;
  private final Buffers buffers;
  private final BoxWriter header = new BoxWriter(8192);
  private final SubsampleMap map = new SubsampleMap();
  private final @Nullable SampleCipher cipher;
  private final @Nullable SampleEncryptionInfo info;
  private final @Nullable NalCodec nal;

  FragmentWriter(TrackPlan plan, Buffers buffers) {
    this.plan = plan;
    this.samples = plan.source().media().samples();
    this.source = plan.source().source();
    this.buffers = buffers;
    TrackEncryption encryption = plan.encryption();
    this.nal = encryption == null ? null : plan.source().codec().nal();
    this.cipher = encryption == null ? null : cipher(encryption);
    this.info = encryption == null ? null : new SampleEncryptionInfo(encryption, nal != null);
  }

  private static SampleCipher cipher(TrackEncryption encryption) {
    return encryption.scheme() == ProtectionScheme.CBCS
        ? new CbcsSampleCipher(
            encryption.key(), Objects.requireNonNull(encryption.constantIv(), "constantIv"))
        : new CencSampleCipher(encryption.key(), encryption.firstIv());
  }

  /**
   * Writes one fragment at the place that its file gives it.
   *
   * @throws DrmException if the input cannot be read or parsed, or the output not be written
   */
  void write(FragmentTask task) throws InterruptedException {
    FragmentPlan fragment = task.fragment();
    buffers.reserve(fragment.bytes(), cipher != null);
    readSamples(fragment);
    byte[] payload = cipher == null ? buffers.in() : encrypt(task);

    header.reset();
    if (task.opensFile()) {
      styp();
    }
    Moof.write(header, plan, fragment, task.sequence(), info);
    byte[] head = header.toByteArray();
    long position = task.file().place(task.part(), (long) head.length + fragment.bytes());
    if (position < 0) {
      return;
    }
    task.file().write(position, head, 0, head.length);
    task.file().write(position + head.length, payload, 0, fragment.bytes());
    task.file().finishPart();
  }

  /** Neighbours in the file are read at once. */
  private void readSamples(FragmentPlan fragment) {
    int filled = 0;
    int sample = fragment.firstSample();
    while (sample < fragment.endSample()) {
      long start = samples.offset(sample);
      int run = 0;
      while (sample < fragment.endSample() && samples.offset(sample) == start + run) {
        run += samples.size(sample++);
      }
      source.read(start, buffers.in(), filled, run);
      filled += run;
    }
  }

  private byte[] encrypt(FragmentTask task) {
    SampleCipher sampleCipher = Objects.requireNonNull(cipher);
    SampleEncryptionInfo encryptionInfo = Objects.requireNonNull(info);
    NalSubsamples layout = layout(task);
    encryptionInfo.reset();
    int at = 0;
    for (int i = task.fragment().firstSample(); i < task.fragment().endSample(); i++) {
      int size = samples.size(i);
      SubsampleMap ranges = layout == null ? null : map;
      try {
        if (layout != null) {
          layout.layOut(buffers.in(), at, size, map);
        }
        encryptionInfo.add(i, ranges);
      } catch (DrmException e) {
        throw inSample(e, i);
      }
      sampleCipher.encrypt(i, buffers.in(), buffers.out(), at, size, ranges);
      at += size;
    }
    return buffers.out();
  }

  /**
   * A fragment in the middle of a segment starts with the parameter sets that the segment's first
   * sample brought.
   */
  private @Nullable NalSubsamples layout(FragmentTask task) {
    if (nal == null) {
      return null;
    }
    NalSubsamples layout =
        new NalSubsamples(nal, Objects.requireNonNull(plan.encryption()).scheme());
    int first = task.segment().firstSample();
    if (task.fragment().firstSample() != first) {
      byte[] start = new byte[Math.min(PARAMETER_SET_BYTES, samples.size(first))];
      source.read(samples.offset(first), start, 0, start.length);
      layout.readParameterSets(start);
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
    header.box(
        FourCc.of("styp"),
        () -> header.u32(FourCc.of("msdh")).u32(0).u32(FourCc.of("msdh")).u32(FourCc.of("cmfs")));
  }

  /** The two arrays that a thread works in; they grow to the largest fragment. */
  static final class Buffers {
    private byte[] in = new byte[0];
    private byte[] out = new byte[0];

    void reserve(int bytes, boolean encrypted) {
      if (in.length < bytes) {
        in = new byte[bytes];
      }
      if (encrypted && out.length < bytes) {
        out = new byte[bytes];
      }
    }

    byte[] in() {
      return in;
    }

    byte[] out() {
      return out;
    }
  }
}
