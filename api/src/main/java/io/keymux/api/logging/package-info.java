/** What a log may say. */
@NullMarked
package io.keymux.api.logging;

import org.jspecify.annotations.NullMarked;
