/** How parameters of an action are read, whatever they came in. */
@NullMarked
package io.keymux.api.mps.request;

import org.jspecify.annotations.NullMarked;
