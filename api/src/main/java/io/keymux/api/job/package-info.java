/** Jobs: what a client asks for, how far it is, and what runs it. */
@NullMarked
package io.keymux.api.job;

import org.jspecify.annotations.NullMarked;
