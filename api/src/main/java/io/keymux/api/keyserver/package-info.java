/** The embedded key server: keys from one seed, delivered over loopback. */
@NullMarked
package io.keymux.api.keyserver;

import org.jspecify.annotations.NullMarked;
