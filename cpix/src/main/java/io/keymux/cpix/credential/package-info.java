/**
 * Certificates and private keys from files. Bouncy Castle is used here only, as a provider object
 * that is never registered, and only once a PEM file, a private key or a PKCS#12 file is read.
 */
@NullMarked
package io.keymux.cpix.credential;

import org.jspecify.annotations.NullMarked;
