package io.keymux.cpix;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time with keys of its own: {@code [start, end)}, or only numbered.
 *
 * @param id unique in the document; empty if it has none, and then no rule can name it
 * @param index its number, or null if it is given by time
 * @see "DASH-IF CPIX, ContentKeyPeriod Element"
 */
public record KeyPeriod(
    String id,
    @Nullable Long index,
    @Nullable OffsetDateTime start,
    @Nullable OffsetDateTime end) {}
