/** Measures Keymux beside {@code cp} and other packagers, in one run. */
@NullMarked
package io.keymux.api.bench;

import org.jspecify.annotations.NullMarked;
