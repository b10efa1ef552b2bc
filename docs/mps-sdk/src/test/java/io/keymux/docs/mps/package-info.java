/** Tencent's own client, unmodified, against the MPS-compatible endpoint. */
@NullMarked
package io.keymux.docs.mps;

import org.jspecify.annotations.NullMarked;
