/** Snippets of the documents, compiled and run. */
@NullMarked
package io.keymux.docs;

import org.jspecify.annotations.NullMarked;
