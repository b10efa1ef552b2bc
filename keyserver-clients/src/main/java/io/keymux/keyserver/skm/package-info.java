/**
 * Key stores that speak SKM, Intertrust's simple key management over REST, as ExpressPlay does.
 *
 * <p>SKM is described by its public clients: a key object of JSON with {@code kid}, the key as
 * {@code k} or wrapped as {@code ek} with {@code kekId}, posted to the store.
 */
@NullMarked
package io.keymux.keyserver.skm;

import org.jspecify.annotations.NullMarked;
