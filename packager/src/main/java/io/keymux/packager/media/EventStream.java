package io.keymux.packager.media;

/**
 * A kind of events that the segments of a track carry in {@code emsg} boxes.
 *
 * @param value as the scheme says; may be empty
 * @see "ISO/IEC 23009-1, 5.10.3.2 InbandEventStream"
 */
public record EventStream(String schemeIdUri, String value) {}
