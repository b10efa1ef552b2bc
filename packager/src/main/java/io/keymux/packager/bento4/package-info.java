/**
 * The second engine: Bento4's {@code mp4fragment} and {@code mp4encrypt} encrypt, and everything
 * else is as with the first. They are programs of their own under another licence, found on this
 * machine and never shipped with Keymux.
 */
@NullMarked
package io.keymux.packager.bento4;

import org.jspecify.annotations.NullMarked;
