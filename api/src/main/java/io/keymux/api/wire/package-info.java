/** Connections, and how much of the service one that is slow or greedy can take up. */
@NullMarked
package io.keymux.api.wire;

import org.jspecify.annotations.NullMarked;
