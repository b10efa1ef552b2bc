/** Encrypted inputs, shown in the clear: nothing behind this package knows that they were not. */
@NullMarked
package io.keymux.packager.decrypt;

import org.jspecify.annotations.NullMarked;
