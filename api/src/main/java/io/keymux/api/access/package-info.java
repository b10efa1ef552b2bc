/** Who calls the native API, what they may do there, and for which tenant. */
@NullMarked
package io.keymux.api.access;

import org.jspecify.annotations.NullMarked;
