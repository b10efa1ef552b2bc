/** An example: live segments of ffmpeg are encrypted as they are written. */
@NullMarked
package io.keymux.docs.live;

import org.jspecify.annotations.NullMarked;
