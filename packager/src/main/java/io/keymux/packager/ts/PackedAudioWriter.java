package io.keymux.packager.ts;

import io.keymux.packager.encrypt.SampleAesCipher;
import io.keymux.packager.output.SegmentSink;
import org.jspecify.annotations.Nullable;

/**
 * Writes one segment of packed audio: frames one behind the other, an ID3 tag in front.
 *
 * @see "RFC 8216, 3.4 Packed Audio"
 */
public final class PackedAudioWriter implements SegmentWriter {
  private static final int CHUNK_BYTES = 256 * 1024;

  private final FrameFormat format;
  private final byte @Nullable [] setup;
  private final SegmentSink sink;
  private final FrameBuffer frames = new FrameBuffer();
  private boolean started;

  /**
   * @param stream of audio
   * @param cipher for SAMPLE-AES, or null
   */
  public PackedAudioWriter(
      ElementaryStream stream, @Nullable SampleAesCipher cipher, SegmentSink sink) {
    this.format = stream.format(cipher);
    this.setup = cipher == null ? null : stream.audioSetup();
    this.sink = sink;
  }

  @Override
  public void write(int stream, FrameTiming timing, byte[] sample, int offset, int length) {
    if (!started) {
      byte[] tag = Id3Tag.of(timing.pts(), setup);
      frames.add(tag, 0, tag.length);
      started = true;
    }
    format.append(sample, offset, length, timing.sync(), frames);
    if (frames.size() >= CHUNK_BYTES) {
      flush();
    }
  }

  @Override
  public void finish(long end) {
    flush();
  }

  private void flush() {
    sink.write(frames.array(), FrameBuffer.HEADROOM, frames.size());
    frames.clear();
  }
}
