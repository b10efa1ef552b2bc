/** Third-party tools as second opinions. */
@NullMarked
package io.keymux.testvectors.oracle;

import org.jspecify.annotations.NullMarked;
