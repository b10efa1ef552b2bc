/** Keys of PlayReady: from its packaging server, and from a key seed. */
@NullMarked
package io.keymux.keyserver.playready;

import org.jspecify.annotations.NullMarked;
