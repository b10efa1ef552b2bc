/** Failures in the form that clients of Tencent's media processing service know. */
@NullMarked
package io.keymux.api.mps.problem;

import org.jspecify.annotations.NullMarked;
