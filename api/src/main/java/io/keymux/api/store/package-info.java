/** Jobs, their events and who sent them, as rows. */
@NullMarked
package io.keymux.api.store;

import org.jspecify.annotations.NullMarked;
