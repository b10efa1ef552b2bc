/** What a call of ProcessMedia means in jobs of our own. */
@NullMarked
package io.keymux.api.mps.translation;

import org.jspecify.annotations.NullMarked;
