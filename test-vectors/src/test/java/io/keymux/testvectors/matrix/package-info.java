/** The packager's output before other people's tools. */
@NullMarked
package io.keymux.testvectors.matrix;

import org.jspecify.annotations.NullMarked;
