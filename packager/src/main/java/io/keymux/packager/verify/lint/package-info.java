/** Rules of HLS that playlists can be held against as texts, whoever wrote them. */
@NullMarked
package io.keymux.packager.verify.lint;

import org.jspecify.annotations.NullMarked;
