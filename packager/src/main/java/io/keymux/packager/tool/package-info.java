/** External programs: the only place that starts processes. */
@NullMarked
package io.keymux.packager.tool;

import org.jspecify.annotations.NullMarked;
