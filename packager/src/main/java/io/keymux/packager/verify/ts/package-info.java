/** Reads transport streams and packed audio back, to prove them; shares no code with the writer. */
@NullMarked
package io.keymux.packager.verify.ts;

import org.jspecify.annotations.NullMarked;
