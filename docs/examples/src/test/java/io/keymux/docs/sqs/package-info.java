/** Runs the example. */
@NullMarked
package io.keymux.docs.sqs;

import org.jspecify.annotations.NullMarked;
