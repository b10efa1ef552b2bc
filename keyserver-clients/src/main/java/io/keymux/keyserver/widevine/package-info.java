/**
 * Key servers with the JSON interface of the Widevine cloud, which others have taken over.
 *
 * @see "Widevine Common Encryption API"
 */
@NullMarked
package io.keymux.keyserver.widevine;

import org.jspecify.annotations.NullMarked;
