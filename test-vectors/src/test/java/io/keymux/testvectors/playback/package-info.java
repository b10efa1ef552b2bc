/** The packager's output in a browser. */
@NullMarked
package io.keymux.testvectors.playback;

import org.jspecify.annotations.NullMarked;
