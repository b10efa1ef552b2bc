/** The endpoint that clients of Tencent's media processing service (MPS) can use unchanged. */
@NullMarked
package io.keymux.api.mps;

import org.jspecify.annotations.NullMarked;
