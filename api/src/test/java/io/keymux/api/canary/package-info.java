/** Runs whole jobs with known secrets and looks for them wherever something is written. */
@NullMarked
package io.keymux.api.canary;

import org.jspecify.annotations.NullMarked;
