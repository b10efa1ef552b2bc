/**
 * What is measured while the service runs, as Prometheus reads it. No label has a name that clients
 * choose.
 */
@NullMarked
package io.keymux.api.metrics;

import org.jspecify.annotations.NullMarked;
