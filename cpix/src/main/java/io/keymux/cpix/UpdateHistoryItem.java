package io.keymux.cpix;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One change of a document, told by whoever made it. Nothing depends on it but people.
 *
 * @param updateVersion what the {@code updateVersion} of changed lists and entries refers to
 * @param index free text that orders the changes, usually a number
 * @param source who made the change
 * @see "DASH-IF CPIX, UpdateHistoryItem element"
 */
public record UpdateHistoryItem(
    @Nullable String id, long updateVersion, String index, String source, OffsetDateTime date) {}
