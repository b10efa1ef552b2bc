/** Sample encryption: where protected ranges lie, and the ciphers that work on them. */
@NullMarked
package io.keymux.packager.encrypt;

import org.jspecify.annotations.NullMarked;
