/** Tasks that begin because an object came into a bucket. */
@NullMarked
package io.keymux.api.mps.event;

import org.jspecify.annotations.NullMarked;
