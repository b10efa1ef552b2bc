/**
 * Judges packaged media by reading it back: boxes, keys, manifests, and decryption with ciphers of
 * its own. Shares no code with the encryptor.
 */
@NullMarked
package io.keymux.packager.verify;

import org.jspecify.annotations.NullMarked;
