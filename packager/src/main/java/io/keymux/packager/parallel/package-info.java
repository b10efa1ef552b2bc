/** Work on a fixed number of threads. */
@NullMarked
package io.keymux.packager.parallel;

import org.jspecify.annotations.NullMarked;
