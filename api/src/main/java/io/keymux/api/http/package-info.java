/** The HTTP service. */
@NullMarked
package io.keymux.api.http;

import org.jspecify.annotations.NullMarked;
