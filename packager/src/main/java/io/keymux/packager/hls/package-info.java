/** HLS playlists, written by hand: order, quoting and key lines are exactly ours. */
@NullMarked
package io.keymux.packager.hls;

import org.jspecify.annotations.NullMarked;
