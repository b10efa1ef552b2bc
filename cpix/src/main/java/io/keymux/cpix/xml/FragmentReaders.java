package io.keymux.cpix.xml;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.xml.sax.XMLReader;

/**
 * Readers that are used again for fragments: to make one costs twice as much as to read a small
 * fragment, and a document may have dozens.
 *
 * <p>Whole documents get a new reader each, since its buffers keep what they last held, and that
 * may be keys. A reader also keeps all names that it ever saw: it is dropped once it has read its
 * share, and after any failure.
 */
final class FragmentReaders {
  private static final int IDLE = 4;
  private static final int SHARE_BYTES = 256 * 1024;

  /**
   * A reader in use by one thread.
   *
   * @param left bytes that it may still read
   */
  record Lent(XMLReader reader, int left) {}

  private final Queue<Lent> idle = new ArrayBlockingQueue<>(IDLE);

  Lent take() {
    Lent kept = idle.poll();
    return kept == null ? new Lent(HardenedFactories.reader(XmlLimits.DEFAULT), SHARE_BYTES) : kept;
  }

  /** Takes a reader back that has come to the end of a fragment without a complaint. */
  void giveBack(Lent lent, int bytes) {
    if (bytes < lent.left) {
      TreeBuilder.forget(lent.reader);
      idle.offer(new Lent(lent.reader, lent.left - bytes));
    }
  }
}
