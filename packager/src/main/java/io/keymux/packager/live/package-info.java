/**
 * Segments that are encrypted as they come, in memory: for packagers and transcoders of live
 * streams, which have their own files, threads and clocks.
 *
 * <pre>
 * clear init ----+                     +--> protected init
 *                +-> SegmentEncryptor -+
 * clear segment -+          ^          +--> protected segment
 *                           |
 *        KeyExchange -> LiveKeys, one set for each key period
 * </pre>
 */
@NullMarked
package io.keymux.packager.live;

import org.jspecify.annotations.NullMarked;
