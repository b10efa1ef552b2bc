/** Tests over all modules together. */
@NullMarked
package io.keymux.testvectors;

import org.jspecify.annotations.NullMarked;
