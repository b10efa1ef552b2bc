/** How JSON is read and written: strictly, with a pointer to what is wrong. */
@NullMarked
package io.keymux.api.json;

import org.jspecify.annotations.NullMarked;
