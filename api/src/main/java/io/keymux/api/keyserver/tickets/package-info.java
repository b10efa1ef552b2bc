/** Tickets of Apereo CAS on the side of the server, as DRMtoday wants them. */
@NullMarked
package io.keymux.api.keyserver.tickets;

import org.jspecify.annotations.NullMarked;
