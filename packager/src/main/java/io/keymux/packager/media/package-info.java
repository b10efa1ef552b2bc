/** The product: tracks, segments and their protection, as manifests see them. */
@NullMarked
package io.keymux.packager.media;

import org.jspecify.annotations.NullMarked;
