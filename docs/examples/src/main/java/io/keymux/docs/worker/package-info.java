/** An example: jobs from a queue in memory, one after another. */
@NullMarked
package io.keymux.docs.worker;

import org.jspecify.annotations.NullMarked;
