/** What a caller is told when something fails: RFC 9457 problem details. */
@NullMarked
package io.keymux.api.problem;

import org.jspecify.annotations.NullMarked;
