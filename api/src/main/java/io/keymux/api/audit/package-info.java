/**
 * The audit log: who did what, and which keys were given to whom; never a key. Each line is bound
 * to the one before it.
 */
@NullMarked
package io.keymux.api.audit;

import org.jspecify.annotations.NullMarked;
