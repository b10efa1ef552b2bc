/**
 * Envelope encryption of what the database keeps: secrets are encrypted under data keys of their
 * tenant, data keys under a key-encryption key that is kept elsewhere.
 */
@NullMarked
package io.keymux.api.envelope;

import org.jspecify.annotations.NullMarked;
