/** An example: jobs from a queue of Amazon SQS. */
@NullMarked
package io.keymux.docs.sqs;

import org.jspecify.annotations.NullMarked;
