/** Jobs that are cancelled, killed or out of room leave nothing that looks like a result. */
@NullMarked
package io.keymux.system.interrupted;

import org.jspecify.annotations.NullMarked;
