/**
 * Packages media for DRM: an MP4 ladder in, encrypted CMAF with HLS and DASH manifests out.
 *
 * <p>{@link io.keymux.packager.Keymux} is the way in.
 */
@NullMarked
package io.keymux.packager;

import org.jspecify.annotations.NullMarked;
