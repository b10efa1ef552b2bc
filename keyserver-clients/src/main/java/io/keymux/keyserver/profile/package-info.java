/**
 * Key servers by name: a profile says how one speaks, an account who asks, and both are data.
 *
 * <p>Nothing here names a vendor but the profiles themselves, which are YAML files.
 */
@NullMarked
package io.keymux.keyserver.profile;

import org.jspecify.annotations.NullMarked;
