/** SPEKE v1.0, v2.0 and v2.1 on the side of the key server. */
@NullMarked
package io.keymux.api.keyserver.speke;

import org.jspecify.annotations.NullMarked;
