/** Who may ask the embedded key server for keys. */
@NullMarked
package io.keymux.api.keyserver.auth;

import org.jspecify.annotations.NullMarked;
