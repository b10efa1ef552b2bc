/** Makes the archive of loaded classes that lets the command line start fast. */
@NullMarked
package io.keymux.api.startup;

import org.jspecify.annotations.NullMarked;
