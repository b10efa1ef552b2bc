/** Runs the example. */
@NullMarked
package io.keymux.docs.worker;

import org.jspecify.annotations.NullMarked;
