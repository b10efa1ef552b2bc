/**
 * Odd files: whole movies, changed box by box as {@code vectors/corpus/cases.txt} says, with what
 * packaging them must give.
 *
 * <p>Nothing here reads or writes boxes with the code that is tested.
 */
@NullMarked
package io.keymux.testvectors.corpus;

import org.jspecify.annotations.NullMarked;
