/** Presentations of others and our own, packaged and signalled anew. */
@NullMarked
package io.keymux.testvectors.asset;

import org.jspecify.annotations.NullMarked;
