/** Bounded reading and size-patching writing of ISO BMFF boxes. */
@NullMarked
package io.keymux.cpix.box;

import org.jspecify.annotations.NullMarked;
