/**
 * Services that are killed, stopped and cut off from their database while they work. {@code -Psoak}
 * runs the long rounds.
 */
@NullMarked
package io.keymux.api.chaos;

import org.jspecify.annotations.NullMarked;
