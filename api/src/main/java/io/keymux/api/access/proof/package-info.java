/** How HTTP requests prove who sent them: headers with a secret, and signatures. */
@NullMarked
package io.keymux.api.access.proof;

import org.jspecify.annotations.NullMarked;
