/** Who signed a request to the MPS-compatible endpoint. */
@NullMarked
package io.keymux.api.mps.signature;

import org.jspecify.annotations.NullMarked;
