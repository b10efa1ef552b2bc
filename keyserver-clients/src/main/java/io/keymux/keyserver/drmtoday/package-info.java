/** Keys of our own making, put into DRMtoday, whose licence servers then give them out. */
@NullMarked
package io.keymux.keyserver.drmtoday;

import org.jspecify.annotations.NullMarked;
