/** Tasks of the MPS-compatible endpoint: jobs that were asked for together. */
@NullMarked
package io.keymux.api.mps.task;

import org.jspecify.annotations.NullMarked;
