/** Routes in the shape of castLabs DRMtoday, to rehearse against. */
@NullMarked
package io.keymux.api.keyserver.drmtoday;

import org.jspecify.annotations.NullMarked;
