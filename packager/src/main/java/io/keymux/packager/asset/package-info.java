/** Presentations that lie on disk, to be packaged or signalled anew. */
@NullMarked
package io.keymux.packager.asset;

import org.jspecify.annotations.NullMarked;
