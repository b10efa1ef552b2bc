/** The runnable program. */
@NullMarked
package io.keymux.api;

import org.jspecify.annotations.NullMarked;
