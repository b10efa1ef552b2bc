/** The DASH manifest. */
@NullMarked
package io.keymux.packager.dash;

import org.jspecify.annotations.NullMarked;
