/** Reads manifests of others and of ours: what they say of files, times, rates and keys. */
@NullMarked
package io.keymux.packager.verify.manifest;

import org.jspecify.annotations.NullMarked;
