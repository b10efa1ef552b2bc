package io.keymux.packager.live;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the segments of one rendition as they come: CMAF segments of one chunk or many, with one
 * track or several. All boxes but those of encryption stay as they are.
 *
 * <p>Has no file and no thread, and keeps its memory from segment to segment. One thread at a time.
 *
 * @see "ISO/IEC 23001-7; ISO/IEC 23000-19, 7.3 CMAF tracks"
 */
public final class SegmentEncryptor {
  private final LiveRendition rendition;
  private final SegmentScan scan;
  private final SegmentWriter writer;
  private final List<TrackCipher> ciphers;
  private final Map<Integer, byte[]> inits = new HashMap<>();
  private byte[] scratchIn = new byte[0];
  private byte[] scratchOut = new byte[0];
  private @Nullable SegmentPlan planned;

  SegmentEncryptor(LiveRendition rendition, List<TrackCipher> ciphers) {
    this.rendition = rendition;
    this.scan = new SegmentScan(rendition.tracks().stream().map(LiveTrack::init).toList());
    this.ciphers = ciphers;
    this.writer = new SegmentWriter(scan, ciphers);
  }

  /**
   * The protected initialization segment.
   *
   * @param keyPeriod that segments are of, counted from 0; where keys change in sample groups, one
   *     serves all
   * @throws DrmException if its keys cannot be had
   */
  public byte[] init(int keyPeriod) throws InterruptedException {
    int of = rendition.initPeriod(keyPeriod);
    byte[] known = inits.get(of);
    if (known == null) {
      known = rendition.init(of);
      inits.clear();
      inits.put(of, known);
    }
    return known.clone();
  }

  /** What must be remembered to go on elsewhere; see {@link EncryptorState}. */
  public EncryptorState state() {
    Map<Integer, Long> ivs = new HashMap<>();
    if (rendition.counts()) {
      for (int i = 0; i < ciphers.size(); i++) {
        ivs.put(rendition.tracks().get(i).init().trackId(), ciphers.get(i).nextIv());
      }
    }
    return new EncryptorState(ivs);
  }

  /**
   * Encrypts a segment.
   *
   * @param segment a whole clear segment; not changed
   * @return in an array of exactly its size
   * @throws DrmException with code {@code malformed-mp4}, {@code segment-unsupported} or one of its
   *     codec if it cannot be encrypted, or as the key exchange does; the state is then unchanged
   */
  public ProtectedSegment encrypt(byte[] segment) throws InterruptedException {
    int size = prepare(segment, 0, segment.length);
    byte[] out = new byte[size];
    writer.write(segment, 0, segment.length, out, 0);
    return new ProtectedSegment(out, finish(size));
  }

  /**
   * Encrypts a segment from one buffer to another. Buffers with arrays cost no copy.
   *
   * @param segment from its position to its limit; its position moves to its limit
   * @param target another buffer; its position moves behind the protected segment
   * @throws DrmException as {@link #encrypt(byte[])}, and with code {@code buffer-too-small} if the
   *     target has no room; nothing is written then, and the state is unchanged
   */
  public SegmentInfo encrypt(ByteBuffer segment, ByteBuffer target) throws InterruptedException {
    int length = segment.remaining();
    byte[] in = segment.hasArray() ? segment.array() : copied(segment);
    int from = segment.hasArray() ? segment.arrayOffset() + segment.position() : 0;
    int size = prepare(in, from, from + length);
    if (target.remaining() < size) {
      throw new DrmException(
          Blame.CALLER,
          "buffer-too-small",
          "The protected segment has %d bytes, the buffer has room for %d."
              .formatted(size, target.remaining()),
          "Give a larger buffer.");
    }
    if (target.hasArray() && target.array() != in) {
      writer.write(
          in, from, from + length, target.array(), target.arrayOffset() + target.position());
      target.position(target.position() + size);
    } else {
      scratchOut = scratchOut.length < size ? new byte[size] : scratchOut;
      writer.write(in, from, from + length, scratchOut, 0);
      target.put(scratchOut, 0, size);
    }
    segment.position(segment.limit());
    return finish(size);
  }

  private byte[] copied(ByteBuffer segment) {
    int length = segment.remaining();
    scratchIn = scratchIn.length < length ? new byte[length] : scratchIn;
    segment.duplicate().get(scratchIn, 0, length);
    return scratchIn;
  }

  /** Reads and describes the segment; returns how long it will be. */
  private int prepare(byte[] in, int from, int to) throws InterruptedException {
    scan.read(in, from, to);
    TrackFragment first = scan.chunk(0).fragment(0);
    SegmentPlan plan = plan(rendition.keyPeriod(seconds(first)));
    for (int i = 0; i < ciphers.size(); i++) {
      ciphers.get(i).start(plan.encryptions().get(i));
    }
    return writer.describe(in, from, to, plan);
  }

  /** Made once for each key period: signalling costs more than a segment does. */
  private SegmentPlan plan(int period) throws InterruptedException {
    SegmentPlan current = planned;
    if (current == null || current.period() != period) {
      current = rendition.plan(period);
      planned = current;
    }
    return current;
  }

  private double seconds(TrackFragment fragment) {
    return (double) fragment.decodeTime / rendition.tracks().get(fragment.track).init().timescale();
  }

  private SegmentInfo finish(int size) {
    ciphers.forEach(TrackCipher::finish);
    TrackFragment first = scan.chunk(0).fragment(0);
    SegmentPlan plan = Objects.requireNonNull(planned);
    return new SegmentInfo(
        plan.period(),
        first.start(),
        scan.duration(first.track),
        rendition.tracks().get(first.track).init().timescale(),
        size,
        plan.protection());
  }
}
