/** Where the output goes: staged out of sight, then published, manifests last. */
@NullMarked
package io.keymux.packager.output;

import org.jspecify.annotations.NullMarked;
