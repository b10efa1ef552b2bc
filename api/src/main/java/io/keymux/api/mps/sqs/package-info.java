/** Queues of Amazon SQS, and of services that speak like it. */
@NullMarked
package io.keymux.api.mps.sqs;

import org.jspecify.annotations.NullMarked;
