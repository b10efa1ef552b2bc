/** Live segments: encrypted one by one, and decrypted by the judge. */
@NullMarked
package io.keymux.testvectors.live;

import org.jspecify.annotations.NullMarked;
