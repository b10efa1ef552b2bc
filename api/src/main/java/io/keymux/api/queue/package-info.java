/** What clients do with jobs, and what becomes of them: accepted, released, run, ended. */
@NullMarked
package io.keymux.api.queue;

import org.jspecify.annotations.NullMarked;
