/**
 * Where content keys come from: key servers (SPEKE), CPIX files, raw keys and seeds. Every source
 * is a {@link io.keymux.cpix.KeyExchange}; the only outbound key-server HTTP of Keymux is here.
 */
@NullMarked
package io.keymux.keyserver;

import org.jspecify.annotations.NullMarked;
