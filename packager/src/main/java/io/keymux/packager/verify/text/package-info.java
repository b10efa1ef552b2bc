/** Reads text output back, with code of its own. */
@NullMarked
package io.keymux.packager.verify.text;

import org.jspecify.annotations.NullMarked;
