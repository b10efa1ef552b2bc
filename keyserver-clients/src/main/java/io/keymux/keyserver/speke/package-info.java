/**
 * Key servers that speak CPIX: SPEKE v1, v2.0 and v2.1.
 *
 * @see "AWS Secure Packager and Encoder Key Exchange (SPEKE) API specification"
 */
@NullMarked
package io.keymux.keyserver.speke;

import org.jspecify.annotations.NullMarked;
