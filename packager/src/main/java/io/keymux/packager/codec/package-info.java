/** What must be known of each codec: CODECS strings, dimensions, where slice headers end. */
@NullMarked
package io.keymux.packager.codec;

import org.jspecify.annotations.NullMarked;
