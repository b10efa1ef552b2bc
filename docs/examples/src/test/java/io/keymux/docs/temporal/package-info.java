/** Runs the example. */
@NullMarked
package io.keymux.docs.temporal;

import org.jspecify.annotations.NullMarked;
