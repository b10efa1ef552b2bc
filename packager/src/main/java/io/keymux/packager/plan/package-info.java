/** Decisions: which track gets which key, where segments are cut, which IVs are used. */
@NullMarked
package io.keymux.packager.plan;

import org.jspecify.annotations.NullMarked;
