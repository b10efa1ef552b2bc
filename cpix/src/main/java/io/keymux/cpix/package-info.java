/**
 * The vocabulary that every module speaks: keys, tracks, usage rules, key requests and documents.
 * Nothing here knows XML, HTTP or media bytes.
 */
@NullMarked
package io.keymux.cpix;

import org.jspecify.annotations.NullMarked;
