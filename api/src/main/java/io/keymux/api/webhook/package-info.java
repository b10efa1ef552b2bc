/** Tells programs of what becomes of jobs, in the form of Standard Webhooks. */
@NullMarked
package io.keymux.api.webhook;

import org.jspecify.annotations.NullMarked;
