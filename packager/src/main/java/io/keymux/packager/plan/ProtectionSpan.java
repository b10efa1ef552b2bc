package io.keymux.packager.plan;

import org.jspecify.annotations.Nullable;

/**
 * Neighbouring segments of a track that are encrypted alike.
 *
 * @param firstSegment index in the track's plan
 * @param endSegment one behind the last
 * @param encryption or null if they stay clear
 */
public record ProtectionSpan(
    int firstSegment, int endSegment, @Nullable TrackEncryption encryption) {}
