/** Secrets on their way into and out of texts. */
@NullMarked
package io.keymux.api.secret;

import org.jspecify.annotations.NullMarked;
