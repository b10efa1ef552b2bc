/** Comparison with files that were once reviewed by a person. */
@NullMarked
package io.keymux.packager.golden;

import org.jspecify.annotations.NullMarked;
