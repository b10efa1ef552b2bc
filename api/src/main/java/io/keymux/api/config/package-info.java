/** Where the service keeps its state and what it may touch. */
@NullMarked
package io.keymux.api.config;

import org.jspecify.annotations.NullMarked;
