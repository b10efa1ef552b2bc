/**
 * Services that are killed, stopped and cut off from their database while they work. {@code
 * -Dkeymux.soak=true} runs the long rounds.
 */
@NullMarked
package io.keymux.api.chaos;

import org.jspecify.annotations.NullMarked;
