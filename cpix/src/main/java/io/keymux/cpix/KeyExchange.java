package io.keymux.cpix;

/**
 * The port between the packager and every source of keys: a key server, a file, raw keys, a seed.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface KeyExchange {

  /**
   * Gets the keys that {@code request} asks for.
   *
   * @return a document that answers exactly the request: every rule has its key with a value. KIDs
   *     may differ from the request's; signalling may be missing and is then made by Keymux. If the
   *     request names a key period, it is the only one of the document and every rule names it, so
   *     that tracks resolve without saying which period is meant; else keys are those of no period,
   *     or the document has what periods its source gave
   * @throws DrmException if the source cannot or does not answer so; nothing was kept. With code
   *     {@code key-rotation-unsupported} if the request names a key period and the source cannot
   *     have keys for one
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  CpixDocument exchange(KeyRequest request) throws InterruptedException;
}
