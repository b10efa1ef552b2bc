package io.keymux.packager.write;

import io.keymux.cpix.ContentKey;
import io.keymux.packager.encrypt.Aes128SegmentCipher;
import io.keymux.packager.encrypt.Aes128Sink;
import io.keymux.packager.output.FileSink;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.SegmentKey;
import io.keymux.packager.plan.TrackPlan;
import org.jspecify.annotations.Nullable;

/**
 * Writes segments of one track that are encrypted as whole files. Samples are clear in them, so a
 * piece goes from the input to the cipher and to the file. Each thread has its own.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY: AES-128"
 */
final class SealedSegmentWriter {
  private final TrackPlan plan;
  private final WorkBuffers buffers;
  private final FragmentHeader header;
  private final PieceReader reader;
  private @Nullable ContentKey sinkKey;
  private @Nullable Aes128Sink aesSink;

  SealedSegmentWriter(TrackPlan plan, WorkBuffers buffers) {
    this.plan = plan;
    this.buffers = buffers;
    this.header = new FragmentHeader(plan, buffers.header());
    this.reader = new PieceReader(plan, buffers);
  }

  /**
   * @param run a whole segment
   * @param written is told of each fragment
   * @throws io.keymux.cpix.DrmException if the input cannot be read, or the output not be written
   */
  void write(FragmentRun run, SegmentKey key, FragmentWriter.Written written)
      throws InterruptedException {
    FileSink file = new FileSink(run.file());
    Aes128Sink sink = sink(key.key());
    sink.start(key.iv(plan.firstNumber() + run.segmentIndex()), file);
    for (int i = 0; i < run.fragments().size(); i++) {
      FragmentPlan fragment = run.fragments().get(i);
      buffers.header().reset();
      header.write(run, i, null);
      sink.write(buffers.header().toByteArray(), 0, buffers.header().size());
      reader.read(fragment, (first, end, at, data, bytes) -> sink.write(data, 0, bytes));
      written.add(fragment.bytes());
    }
    sink.finish();
    file.finish();
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
}
