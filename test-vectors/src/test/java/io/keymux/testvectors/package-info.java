/** Tests of what the libraries write, against everybody else. */
@NullMarked
package io.keymux.testvectors;

import org.jspecify.annotations.NullMarked;
