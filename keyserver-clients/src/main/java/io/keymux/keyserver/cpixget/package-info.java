/** Key servers that give a CPIX document for a URL in which everything stands. */
@NullMarked
package io.keymux.keyserver.cpixget;

import org.jspecify.annotations.NullMarked;
