/** Still images: what their files say of themselves. */
@NullMarked
package io.keymux.packager.image;

import org.jspecify.annotations.NullMarked;
