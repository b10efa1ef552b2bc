/** Where input bytes come from: positional reads only, of one file or of several in a row. */
@NullMarked
package io.keymux.packager.input;

import org.jspecify.annotations.NullMarked;
