/** HLS segments that are not MP4: MPEG-2 transport streams and packed audio. */
@NullMarked
package io.keymux.packager.ts;

import org.jspecify.annotations.NullMarked;
