/** Proofs that the judge judges rightly. */
@NullMarked
package io.keymux.testvectors.judge;

import org.jspecify.annotations.NullMarked;
