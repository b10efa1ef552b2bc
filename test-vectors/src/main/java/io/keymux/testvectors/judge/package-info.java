/**
 * The suite's own reader of protected fragmented MP4: it walks boxes, decrypts with plain JCE and
 * checks the auxiliary information.
 *
 * <p>Nothing here uses the packager or the box reader of {@code cpix}: a judge that shares the code
 * shares the bug.
 */
@NullMarked
package io.keymux.testvectors.judge;

import org.jspecify.annotations.NullMarked;
