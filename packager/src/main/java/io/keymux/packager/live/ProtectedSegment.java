package io.keymux.packager.live;

/**
 * A segment as it is published.
 *
 * @param bytes not copied: whoever gets it owns it
 */
@SuppressWarnings("ArrayRecordComponent") // Two segments are never compared.
public record ProtectedSegment(byte[] bytes, SegmentInfo info) {}
