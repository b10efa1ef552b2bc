/** What is common to all that turns answers of key servers into documents. */
@NullMarked
package io.keymux.keyserver.answer;

import org.jspecify.annotations.NullMarked;
