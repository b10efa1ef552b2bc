/**
 * Content keys encrypted for recipients. It reads and edits the tree of a document in place: what
 * it does not touch stays byte for byte, with the signatures over it.
 *
 * <p>What it does not protect against: the MAC of a value says nothing of the KID, so that two
 * values can be swapped unseen, and whoever has a recipient's certificate can make a new document.
 * Only a signature prevents that.
 *
 * @see "DASH-IF Implementation Guidelines: CPIX, Security Considerations"
 */
@NullMarked
package io.keymux.cpix.protection;

import org.jspecify.annotations.NullMarked;
