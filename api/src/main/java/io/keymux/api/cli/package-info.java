/** The command line. */
@NullMarked
package io.keymux.api.cli;

import org.jspecify.annotations.NullMarked;
