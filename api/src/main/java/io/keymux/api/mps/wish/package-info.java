/** What a call of ProcessMedia asks for, read and checked field by field. */
@NullMarked
package io.keymux.api.mps.wish;

import org.jspecify.annotations.NullMarked;
