/**
 * The only outbound HTTP of Keymux to key servers: bounded in time, size and attempts, to addresses
 * that were checked, with no line in any log.
 */
@NullMarked
package io.keymux.keyserver.http;

import org.jspecify.annotations.NullMarked;
