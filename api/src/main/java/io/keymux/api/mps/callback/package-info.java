/** Who is told of the end of tasks, and how. */
@NullMarked
package io.keymux.api.mps.callback;

import org.jspecify.annotations.NullMarked;
