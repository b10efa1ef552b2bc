package io.keymux.packager.live;

import io.keymux.cpix.Track;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.isobmff.InitTrack;

/**
 * A track of an initialization segment.
 *
 * @param track as key rules see it; its bit rate is not known and 0
 */
record LiveTrack(Track track, InitTrack init, TrackCodec codec) {}
