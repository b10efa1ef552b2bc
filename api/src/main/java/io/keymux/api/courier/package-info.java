/** Messages that wait in a table until they arrive: when they go, how often, and how they look. */
@NullMarked
package io.keymux.api.courier;

import org.jspecify.annotations.NullMarked;
