/** The native engine: reads samples, encrypts them and writes fragments. */
@NullMarked
package io.keymux.packager.write;

import org.jspecify.annotations.NullMarked;
