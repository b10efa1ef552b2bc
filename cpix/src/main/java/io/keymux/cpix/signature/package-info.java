/**
 * Signatures on CPIX documents: checked against the elements that are read, and made. It knows
 * nothing of how keys are encrypted.
 *
 * @see "DASH-IF CPIX, Signature element"
 * @see "W3C, XML Signature Syntax and Processing"
 */
@NullMarked
package io.keymux.cpix.signature;

import org.jspecify.annotations.NullMarked;
