/**
 * Keys of Tencent's DRM service, and the signature of Tencent Cloud's API 3.0.
 *
 * @see "Tencent Cloud API 3.0, drm 2018-11-15"
 */
@NullMarked
package io.keymux.keyserver.tencent;

import org.jspecify.annotations.NullMarked;
