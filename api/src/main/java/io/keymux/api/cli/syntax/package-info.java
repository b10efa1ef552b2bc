/**
 * Reads arguments as a command declares them: no reflection, nothing made that is not asked for.
 */
@NullMarked
package io.keymux.api.cli.syntax;

import org.jspecify.annotations.NullMarked;
