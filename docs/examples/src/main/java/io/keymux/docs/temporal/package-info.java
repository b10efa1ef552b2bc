/** An example: a job as an activity of Temporal. */
@NullMarked
package io.keymux.docs.temporal;

import org.jspecify.annotations.NullMarked;
