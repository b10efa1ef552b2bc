/** Tests over all modules together. */
@NullMarked
package io.keymux.system;

import org.jspecify.annotations.NullMarked;
