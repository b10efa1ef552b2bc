/** Reading of ISO base media files: movies, tracks, sample tables, sample entries. */
@NullMarked
package io.keymux.packager.isobmff;

import org.jspecify.annotations.NullMarked;
