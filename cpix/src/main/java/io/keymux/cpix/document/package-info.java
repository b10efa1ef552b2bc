/** CPIX documents that can be changed: what is not touched stays as it was, signatures included. */
@NullMarked
package io.keymux.cpix.document;

import org.jspecify.annotations.NullMarked;
