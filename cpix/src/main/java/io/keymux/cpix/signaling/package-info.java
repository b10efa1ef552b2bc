/**
 * What players are told about keys: pssh boxes and their Widevine and PlayReady contents, MPD
 * fragments and HLS key lines; made for a job, and read back for inspection.
 */
@NullMarked
package io.keymux.cpix.signaling;

import org.jspecify.annotations.NullMarked;
