/** Timed text: WebVTT and TTML files become sample tables, sample tables become WebVTT again. */
@NullMarked
package io.keymux.packager.text;

import org.jspecify.annotations.NullMarked;
