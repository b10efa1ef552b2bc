/** Templates of adaptive streaming: what a {@code Definition} stands for. */
@NullMarked
package io.keymux.api.mps.template;

import org.jspecify.annotations.NullMarked;
