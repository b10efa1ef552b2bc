/** How key servers are told who is asking; any of these goes with any transport. */
@NullMarked
package io.keymux.keyserver.auth;

import org.jspecify.annotations.NullMarked;
