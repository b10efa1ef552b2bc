/** Where input bytes come from: positional reads only. */
@NullMarked
package io.keymux.packager.input;

import org.jspecify.annotations.NullMarked;
