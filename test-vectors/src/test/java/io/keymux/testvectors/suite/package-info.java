/** Vectors with verdicts, run over our own code. */
@NullMarked
package io.keymux.testvectors.suite;

import org.jspecify.annotations.NullMarked;
